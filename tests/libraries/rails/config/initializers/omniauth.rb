issuer = ENV.fetch("ISSUER")

# Only the provider on your own machine goes without https.
SWD.url_builder = URI::HTTP if issuer.start_with?("http://localhost:")

Rails.application.config.middleware.use OmniAuth::Builder do
  provider :openid_connect, {
    name: :get_an_identity,
    issuer: issuer,
    discovery: true,
    response_type: :code,
    pkce: true,
    scope: %i[openid profile email trn offline_access],
    client_options: {
      identifier: ENV.fetch("CLIENT_ID"),
      secret: ENV.fetch("CLIENT_SECRET"),
      redirect_uri: ENV.fetch("BASE_URL") + "/auth/get_an_identity/callback"
    }
  }
end

# What the provider sends is nobody's business but yours.
Rails.application.config.filter_parameters += %i[code state]
