package io.patchbay.controller.compute;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Speaks to a compute by its HTTP API. Calls wait for the answer, so they belong on virtual
 * threads. Refusals of the compute come as {@link LabException}s with its own words.
 */
public final class ComputeClient {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(240);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final String ROOT = "/v2/compute";

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final String authority;

  /**
   * @param host name or address
   */
  public ComputeClient(String host, int port) {
    authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * @param path below {@code /v2/compute}, as for all methods here
   */
  public JsonValue get(String path) {
    return json(exchange("GET", path, BodyPublishers.noBody(), PATIENCE));
  }

  /** For questions that take an emulator's time. */
  public JsonValue getSlowly(String path) {
    return json(exchange("GET", path, BodyPublishers.noBody(), LONG_PATIENCE));
  }

  public JsonObject post(String path, JsonObject body) {
    return object(json(exchange("POST", path, publisher(body), PATIENCE)));
  }

  /** For actions that may take an emulator's time. */
  public JsonObject postSlowly(String path, JsonObject body) {
    return object(json(exchange("POST", path, publisher(body), LONG_PATIENCE)));
  }

  public JsonObject put(String path, JsonObject body) {
    return object(json(exchange("PUT", path, publisher(body), PATIENCE)));
  }

  public void delete(String path) {
    exchange("DELETE", path, BodyPublishers.noBody(), PATIENCE);
  }

  public byte[] download(String path) {
    return exchange("GET", path, BodyPublishers.noBody(), PATIENCE).body();
  }

  public void upload(String path, InputStream content) {
    exchange("POST", path, BodyPublishers.ofInputStream(() -> content), PATIENCE);
  }

  /** Opens a WebSocket; the future fails if the compute is away or refuses. */
  public CompletableFuture<WebSocket> socket(String path, WebSocket.Listener listener) {
    return HTTP.newWebSocketBuilder()
        .connectTimeout(CONNECT)
        .buildAsync(URI.create("ws://" + authority + ROOT + path), listener);
  }

  private static BodyPublisher publisher(JsonObject body) {
    return BodyPublishers.ofString(body.toString());
  }

  private HttpResponse<byte[]> exchange(
      String method, String path, BodyPublisher body, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + authority + ROOT + path))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= 400) {
        throw refusal(method, path, response);
      }
      return response;
    } catch (HttpTimeoutException late) {
      throw new LabException(
          ErrorCode.TIMEOUT, "The compute at " + authority + " did not answer in time", late);
    } catch (IOException away) {
      throw new LabException(
          ErrorCode.CONFLICT, "The compute at " + authority + " cannot be reached", away);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException(ErrorCode.CONFLICT, "The server stops", e);
    }
  }

  private static LabException refusal(String method, String path, HttpResponse<byte[]> response) {
    JsonObject body = object(json(response));
    String message = body.getString("message", "The compute answered " + response.statusCode());
    return switch (response.statusCode()) {
      case 400 -> new LabException(ErrorCode.INVALID, message);
      case 403 -> new LabException(ErrorCode.FORBIDDEN, message);
      case 404 -> new LabException(ErrorCode.NOT_FOUND, method + " " + path + " not found");
      case 408, 504 -> new LabException(ErrorCode.TIMEOUT, message);
      case 409 -> new LabException(ErrorCode.CONFLICT, message, details(body));
      default -> new LabException(ErrorCode.CONFLICT, "The compute failed: " + message);
    };
  }

  private static Map<String, Object> details(JsonObject body) {
    Map<String, Object> details = new HashMap<>(body);
    details.remove("message");
    details.remove("status");
    return details;
  }

  private static JsonValue json(HttpResponse<byte[]> response) {
    if (response.body().length == 0) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
      return reader.readValue();
    } catch (JsonException noJson) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  private static JsonObject object(JsonValue value) {
    return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }
}
