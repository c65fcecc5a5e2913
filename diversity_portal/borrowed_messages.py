# ruff: noqa: E501  (the libraries' own sentences)
"""Messages of Django and allauth that people see here, and that those do not have in all of our languages.

Nothing calls this. It makes gettext collect the messages into our catalogues, which take precedence over those of the
libraries: allauth has neither Hindi nor Swahili, and Django's newest messages are missing in several languages.
"""

from django.utils.translation import gettext_noop, ngettext, pgettext


def borrowed():
    gettext_noop('"oauth_token" (OAuth1) or access token (OAuth2)')
    gettext_noop('"oauth_token_secret" (OAuth1) or refresh token (OAuth2)')
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?")
    gettext_noop("- Select an option -")
    gettext_noop(":")
    gettext_noop(":?.!")
    gettext_noop("API secret, client secret, or consumer secret")
    gettext_noop("Account Already Exists")
    gettext_noop("Account Inactive")
    gettext_noop("Accounts")
    gettext_noop("Add Email")
    gettext_noop("Add Email Address")
    gettext_noop("Add another %(model)s")
    gettext_noop("Add link")
    gettext_noop("Administration")
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options.")
    gettext_noop("Already have an account? Then please %(link)ssign in%(end_link)s.")
    gettext_noop("App ID, or consumer key")
    gettext_noop(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the following related items will be deleted:"
    )
    gettext_noop("Are you sure you want to sign out?")
    gettext_noop("Authentication and Authorization")
    gettext_noop("Breadcrumbs")
    gettext_noop("Change Password")
    gettext_noop("Change or view list link")
    gettext_noop("Change selected %(model)s")
    gettext_noop("Close")
    gettext_noop("Confirm")
    gettext_noop("Confirm Access")
    gettext_noop("Confirmation email sent to %(email)s.")
    gettext_noop("Content Types")
    gettext_noop("Current Password")
    gettext_noop("Delete selected %(model)s")
    gettext_noop(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, but your account doesn't have permission to delete the following types of objects:"
    )
    gettext_noop("Disabled")
    gettext_noop("Do you really want to remove the selected email address?")
    gettext_noop("Email Addresses")
    gettext_noop("Empty")
    gettext_noop("Enable password-based authentication for this user by setting a password.")
    gettext_noop("Enabled")
    gettext_noop("Enter the same password as before, for verification.")
    gettext_noop("Enter your password:")
    gettext_noop("Filter navigation items")
    gettext_noop("Forgot your password?")
    gettext_noop(
        "Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."
    )
    gettext_noop("Has date")
    gettext_noop("Hello from %(site_name)s!")
    gettext_noop("Hold down “Control”, or “Command” on a Mac, to select more than one.")
    gettext_noop("If it was you, you can sign up for an account using the link below.")
    gettext_noop("If you have not created an account yet, then please %(link)ssign up%(end_link)s first.")
    gettext_noop("In case you forgot, your username is %(username)s.")
    gettext_noop("Key")
    gettext_noop("Make Primary")
    gettext_noop("Mark selected email addresses as verified")
    gettext_noop("Model name")
    gettext_noop("My actions")
    gettext_noop("New Password")
    gettext_noop("New Password (again)")
    gettext_noop("No date")
    gettext_noop("No, take me back")
    gettext_noop("Not empty")
    gettext_noop("Objects")
    gettext_noop("Pagination %(name)s")
    gettext_noop("Password Reset")
    gettext_noop("Password Reset Email")
    gettext_noop("Password-based authentication")
    gettext_noop("Please Confirm Your Email Address")
    gettext_noop("Please contact us if you have any trouble resetting your password.")
    gettext_noop("Please reauthenticate to safeguard your account.")
    gettext_noop("Primary")
    gettext_noop("Raw passwords are not stored, so there is no way to see the user’s password.")
    gettext_noop("Re-send Verification")
    gettext_noop("Recent actions")
    gettext_noop("Remember Me")
    gettext_noop("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.")
    gettext_noop("Reset My Password")
    gettext_noop("Reset password")
    gettext_noop("Run")
    gettext_noop("Search %(name)s")
    gettext_noop("Select %s to view")
    gettext_noop("Select all objects on this page for an action")
    gettext_noop("Select this object for an action - {}")
    gettext_noop("Sessions")
    gettext_noop("Set password")
    gettext_noop("Show counts")
    gettext_noop("Sidebar")
    gettext_noop("Sign In")
    gettext_noop("Sign Out")
    gettext_noop("Sign Up")
    gettext_noop("Signup")
    gettext_noop("Skip to main content")
    gettext_noop("Social Accounts")
    gettext_noop("Specific permissions for this user.")
    gettext_noop("Start typing to filter…")
    pgettext("String to return when truncating text", "%(truncated_text)s…")
    gettext_noop("Summary")
    gettext_noop("Thank you for using %(site_name)s!\n%(site_domain)s")
    gettext_noop("The following email addresses are associated with your account:")
    gettext_noop("The groups this user belongs to. A user will get all permissions granted to each of their groups.")
    gettext_noop("The username and/or password you specified are not correct.")
    gettext_noop("This mail can be safely ignored if you did not initiate this action.")
    gettext_noop("This object doesn’t have a change history. It probably wasn’t added via this admin site.")
    gettext_noop("This password is entirely numeric.")
    gettext_noop("This password is too common.")
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        1,
    )
    gettext_noop("To confirm this is correct, go to %(activate_url)s")
    gettext_noop("Toggle navigation")
    gettext_noop("Toggle theme (current theme: auto)")
    gettext_noop("Toggle theme (current theme: dark)")
    gettext_noop("Toggle theme (current theme: light)")
    gettext_noop("Unknown Account")
    gettext_noop("Username")
    gettext_noop("Username or email")
    gettext_noop("Verified")
    gettext_noop("Verify Your Email Address")
    gettext_noop("View")
    gettext_noop("View %s")
    gettext_noop("View selected %(model)s")
    gettext_noop("View site")
    gettext_noop(
        "We have sent an email to you for verification. Follow the link provided to finalize the signup process. If you do not see the verification email in your main inbox, check your spam folder. Please contact us if you do not receive the verification email within a few minutes."
    )
    gettext_noop(
        "We have sent you an email. If you have not received it please check your spam folder. Otherwise contact us if you do not receive it in a few minutes."
    )
    gettext_noop(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to authenticate using other backends, such as Single Sign-On or LDAP."
    )
    gettext_noop("Yes, I’m sure")
    gettext_noop("You are already logged in as %(user_display)s.")
    gettext_noop(
        "You are receiving this email because you or someone else tried to signup for an\naccount using email address:\n\n%(email)s\n\nHowever, an account using that email address already exists.  In case you have\nforgotten about this, please use the password forgotten procedure to recover\nyour account:\n\n%(password_reset_url)s"
    )
    gettext_noop(
        "You are receiving this email because you, or someone else, tried to access an account with email %(email)s. However, we do not have any record of such an account in our database."
    )
    gettext_noop(
        "You're receiving this email because user %(user_display)s has given your email address to register an account on %(site_domain)s."
    )
    gettext_noop(
        "You're receiving this email because you or someone else has requested a password reset for your user account.\nIt can be safely ignored if you did not request a password reset. Click the link below to reset your password."
    )
    gettext_noop("Your password can’t be a commonly used password.")
    gettext_noop("Your password can’t be entirely numeric.")
    gettext_noop("Your password can’t be too similar to your other personal information.")
    ngettext(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        1,
    )
    gettext_noop("client id")
    gettext_noop("email addresses")
    gettext_noop("email confirmation")
    gettext_noop("expires at")
    gettext_noop("extra data")
    pgettext("field label", "Login")
    gettext_noop("key")
    gettext_noop("primary")
    gettext_noop("provider")
    gettext_noop("provider ID")
    gettext_noop("secret key")
    gettext_noop("social account")
    gettext_noop("social accounts")
    gettext_noop("social application")
    gettext_noop("social application token")
    gettext_noop("social application tokens")
    gettext_noop("social applications")
    gettext_noop("token")
    gettext_noop("token secret")
    gettext_noop("uid")
    gettext_noop("verified")
