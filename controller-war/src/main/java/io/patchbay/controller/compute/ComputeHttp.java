package io.patchbay.controller.compute;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The connections to a compute for as long as it stays. Closing this ends every request that is
 * under way, so nobody waits for a compute that hangs.
 */
final class ComputeHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Executor VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(VIRTUAL)
          .build();
  private final ComputeSettings settings;
  private final Optional<String> authorization;

  /**
   * @param authorization the header that lets the controller in, if the compute wants one
   */
  ComputeHttp(ComputeSettings settings, Optional<String> authorization) {
    this.settings = settings;
    this.authorization = authorization;
  }

  /**
   * @param path below {@code /v2/compute}
   * @param patience how long to wait for the answer; empty for as long as the compute is there
   */
  record Request(
      String method,
      String path,
      BodyPublisher body,
      String contentType,
      Optional<Duration> patience) {}

  /** The answer as JSON; an object without fields if it had no body. */
  JsonValue json(Request request) {
    return parse(exchange(request, BodyHandlers.ofByteArray()).body());
  }

  /** The answer as a stream, which the caller must close. */
  HttpResponse<InputStream> stream(Request request) {
    return exchange(request, BodyHandlers.ofInputStream());
  }

  /**
   * @throws ComputeAway if the compute was not reached or did not answer in time
   * @throws LabException if it refused, with its own words
   */
  private <T> HttpResponse<T> exchange(Request request, BodyHandler<T> body) {
    HttpRequest.Builder builder;
    try {
      builder = HttpRequest.newBuilder(URI.create(settings.url() + request.path()));
    } catch (IllegalArgumentException badAddress) {
      throw new ComputeAway(
          ErrorCode.CONFLICT, name() + " has no usable address: " + settings.url(), badAddress);
    }
    builder.header("Content-Type", request.contentType()).method(request.method(), request.body());
    request.patience().ifPresent(builder::timeout);
    authorization.ifPresent(value -> builder.header("Authorization", value));
    try {
      HttpResponse<T> response = http.send(builder.build(), body);
      if (response.statusCode() >= 400) {
        throw refusal(request, response.statusCode(), errorBody(response.body()));
      }
      return response;
    } catch (HttpTimeoutException late) {
      throw new ComputeAway(ErrorCode.TIMEOUT, name() + " did not answer in time", late);
    } catch (IOException away) {
      throw new ComputeAway(ErrorCode.CONFLICT, name() + " cannot be reached", away);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ComputeAway(ErrorCode.CONFLICT, "The server stops", e);
    }
  }

  private String name() {
    return "The compute " + settings.name();
  }

  /** Opens a WebSocket; the future fails if the compute is away or refuses. */
  CompletableFuture<WebSocket> socket(String path, WebSocket.Listener listener) {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT);
    authorization.ifPresent(value -> builder.header("Authorization", value));
    return builder.buildAsync(URI.create(settings.socketUrl() + path), listener);
  }

  private static JsonObject errorBody(Object body) {
    try {
      byte[] bytes =
          switch (body) {
            case byte[] all -> all;
            case InputStream in -> in.readAllBytes();
            default -> new byte[0];
          };
      return parse(bytes) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LabException refusal(Request request, int status, JsonObject body) {
    String message = body.getString("message", name() + " answered " + status);
    return switch (status) {
      case 400 -> new LabException(ErrorCode.INVALID, message);
      case 401 -> LabException.conflict(name() + " refuses the user or the password");
      case 403 -> new LabException(ErrorCode.FORBIDDEN, message);
      case 404 -> LabException.notFound(request.method() + " " + request.path() + " not found");
      case 408, 504 -> new LabException(ErrorCode.TIMEOUT, message);
      case 409 -> new LabException(ErrorCode.CONFLICT, message, details(body));
      default -> LabException.conflict(name() + " failed: " + message);
    };
  }

  private static Map<String, Object> details(JsonObject body) {
    Map<String, Object> details = new HashMap<>(body);
    details.remove("message");
    details.remove("status");
    return details;
  }

  private static JsonValue parse(byte[] body) {
    if (body.length == 0) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readValue();
    } catch (JsonException noJson) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
