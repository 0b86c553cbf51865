// The page that shows the OpenAPI document; requests tried there carry the CSRF token of the session.
window.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("swagger-ui");
  const csrf = place.dataset.csrf;
  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    deepLinking: true,
    docExpansion: "none",
    filter: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      if (new URL(request.url, location.href).origin === location.origin) request.headers["X-CSRFToken"] = csrf;
      return request;
    },
  });
});
