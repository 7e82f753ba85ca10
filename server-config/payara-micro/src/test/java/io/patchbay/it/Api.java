package io.patchbay.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A client of the API, as a script would be. */
final class Api {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final Optional<String> authorization;

  Api(URI base) {
    this(base, Optional.empty());
  }

  private Api(URI base, Optional<String> authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  /** The same server for somebody with a password. */
  Api as(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Api(base, Optional.of("Basic " + Base64.getEncoder().encodeToString(both)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /** An answer that goes on and on; whoever reads it closes it. */
  HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
  }

  Listener listen(String path) throws Exception {
    return new Listener(socket(path), authorization);
  }

  /** An answer and its body; JSON null if there is none. */
  record Answer(int status, HttpResponse<String> response) {
    JsonValue json() {
      if (response.body().isEmpty()) {
        return JsonValue.NULL;
      }
      try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
        return reader.readValue();
      }
    }

    JsonObject object() {
      return json().asJsonObject();
    }

    JsonArray array() {
      return json().asJsonArray();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer call(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }

  /** For bodies that are no text. */
  HttpResponse<byte[]> bytes(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request = request(path).method(method, BodyPublishers.ofByteArray(body)).build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  /** For bodies whose length nobody says. */
  HttpResponse<byte[]> stream(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return HTTP.send(request(path).method(method, body).build(), BodyHandlers.ofByteArray());
  }

  JsonObject post(String path, String body) throws IOException, InterruptedException {
    Answer answer = call("POST", path, body);
    if (answer.status() >= 300) {
      throw new AssertionError(
          "POST " + path + " answered " + answer.status() + " " + answer.response().body());
    }
    return answer.json() instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  URI socket(String path) {
    return URI.create("ws://" + base.getAuthority() + path);
  }
}
