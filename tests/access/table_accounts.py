"""Logging in, the second step, passwords and the health of the system: the same for everybody who works here."""

TABLE = """
deur                                 methode      anon,app  cm sup rest
# Inloggen en wachtwoorden
account_login                        GET,POST,PUT      200 302 302  302
account_reauthenticate               GET,POST,PUT      302 200 200  200
account_logout                       GET               302 200 200  200
account_logout                       POST              302 302 302  302
account_change_password              GET,POST,PUT      302 200 200  200
account_set_password                 GET,POST,PUT      302 302 302  302
account_reset_password               GET,POST,PUT      200 200 200  200
account_reset_password_done          GET               200 200 200  200
account_reset_password_from_key      GET,POST,PUT      302 302 302  302
account_reset_password_from_key_done GET               200 200 200  200
account_inactive                     GET               200 200 200  200
# Tweestaps: cm heeft een sleutel, niemand heeft een authenticator-app
mfa_index                            GET               302 200 200  200
mfa_authenticate                     GET,POST          302 302 302  302
mfa_reauthenticate                   GET,POST,PUT      302 302 302  302
mfa_activate_totp                    GET,POST,PUT      302 200 200  200
mfa_deactivate_totp                  GET,POST,PUT      302 404 404  404
mfa_view_recovery_codes              GET               302 404 404  404
mfa_generate_recovery_codes          GET               302 200 200  200
mfa_generate_recovery_codes          POST,PUT          302 302 200  200
mfa_download_recovery_codes          GET               302 404 404  404
mfa_list_webauthn                    GET               302 200 200  200
mfa_add_webauthn                     GET,POST,PUT      302 200 200  200
mfa_reauthenticate_webauthn          GET               302 200 302  302
mfa_reauthenticate_webauthn          POST,PUT          302 302 302  302
mfa_remove_webauthn                  GET               302 200 404  404
mfa_remove_webauthn                  POST,DELETE       302 302 404  404
mfa_edit_webauthn                    GET,POST,PUT      302 200 404  404
# Zonder zaak
health                               GET               200 200 200  200
choose-role                          GET,POST          302 200 403  200
"""
