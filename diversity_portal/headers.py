"""Response headers that Django does not send by itself."""

_DENIED = """
accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen gamepad geolocation gyroscope
hid identity-credentials-get idle-detection local-fonts magnetometer microphone midi payment picture-in-picture
screen-wake-lock serial usb xr-spatial-tracking
"""
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _DENIED.split())


class IsolationHeaders:
    """Keeps other sites from embedding our pages, and our pages from using the device."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = self.get_response(request)
        page.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        page.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return page
