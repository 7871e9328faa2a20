"""Is this password that of an account which may sign in?"""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password

BACKEND = "samsyn.hub.guard.signin.backend.AccountBackend"


class AccountBackend(AuthenticationBackend):
    """Finds the account of a session, and checks a password, which alone signs nobody in."""

    def _check_password(
        self, user: AbstractBaseUser | None, password: str
    ) -> AbstractBaseUser | None:
        if user is None:
            return None
        self._did_check_password = True
        # Checked without the account, which would otherwise store a new hash: who signs in is
        # not known before the second factor, so nothing of the account may be written here.
        right = check_password(password, user.password)
        # A closed account is answered like a wrong password.
        return user if right and self.user_can_authenticate(user) else None
