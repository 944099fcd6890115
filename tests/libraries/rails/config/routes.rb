Rails.application.routes.draw do
  root "sessions#show"
  get "/auth/get_an_identity/callback", to: "sessions#create"
  get "/auth/failure", to: "sessions#failure"
  post "/refresh", to: "sessions#refresh"
  post "/sign-out", to: "sessions#destroy"
end
