package io.patchbay.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the API, as a script would be. */
final class Api {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;

  Api(URI base) {
    this.base = base;
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
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }

  /** For bodies that are no text. */
  HttpResponse<byte[]> bytes(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
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
