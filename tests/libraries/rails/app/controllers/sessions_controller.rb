class SessionsController < ActionController::Base
  def show
    @person = person&.slice(:claims, :userinfo)
  end

  # OmniAuth has checked state, nonce and the ID token, and asked for userinfo: raw_info has the claims of both.
  def create
    auth = request.env["omniauth.auth"]
    reset_session
    session[:id] = SecureRandom.uuid
    keep claims: auth.extra.raw_info, userinfo: auth.extra.raw_info,
         id_token: auth.credentials.id_token, refresh_token: auth.credentials.refresh_token
    redirect_to root_path
  end

  def failure
    render plain: "You are not signed in: #{params[:message]}", status: :forbidden
  end

  # New tokens without the person. Each refresh token is good for one use: keep the new one.
  def refresh
    client.refresh_token = person[:refresh_token]
    tokens = client.access_token!
    claims = OpenIDConnect::ResponseObject::IdToken.decode(tokens.id_token, provider.jwks)
    claims.verify!(issuer: provider.issuer, client_id: client.identifier)
    keep claims: claims.raw_attributes, userinfo: tokens.userinfo!.raw_attributes,
         id_token: tokens.id_token, refresh_token: tokens.refresh_token
    redirect_to root_path
  end

  def destroy
    id_token = person[:id_token]
    reset_session
    there = { id_token_hint: id_token, post_logout_redirect_uri: ENV.fetch("BASE_URL") + "/" }
    redirect_to "#{provider.end_session_endpoint}?#{there.to_query}"
  end

  private

  # A session's cookie is too small for tokens. Use your database instead.
  def keep(person)
    Rails.cache.write(session[:id], person)
  end

  def person
    session[:id] && Rails.cache.read(session[:id])
  end

  def provider
    @provider ||= OpenIDConnect::Discovery::Provider::Config.discover!(ENV.fetch("ISSUER"))
  end

  def client
    @client ||= OpenIDConnect::Client.new(
      identifier: ENV.fetch("CLIENT_ID"), secret: ENV.fetch("CLIENT_SECRET"),
      token_endpoint: provider.token_endpoint, userinfo_endpoint: provider.userinfo_endpoint
    )
  end
end
