# As much of Rails as a service needs around config/ and app/, which are those of any Rails application.
require "rails"
require "action_controller/railtie"
require "omniauth_openid_connect"
require "omniauth/rails_csrf_protection"

class Service < Rails::Application
  config.root = __dir__
  config.load_defaults 6.1
  config.eager_load = false
  config.cache_store = :memory_store
  config.secret_key_base = ENV.fetch("SESSION_SECRET")
  config.logger = Logger.new($stdout)
end

Service.initialize!
run Service
