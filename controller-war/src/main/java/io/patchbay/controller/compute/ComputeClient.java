package io.patchbay.controller.compute;

import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Speaks to a compute by its HTTP API. Calls wait for the answer, so they belong on virtual
 * threads; they end when the compute goes away. Refusals of the compute come as {@link
 * io.patchbay.spi.LabException}s with its own words, its absence as {@link ComputeAway}.
 */
public final class ComputeClient {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(240);
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  private final Supplier<ComputeHttp> session;

  /**
   * @param session throws {@link ComputeAway} while the compute is not there
   */
  ComputeClient(Supplier<ComputeHttp> session) {
    this.session = session;
  }

  /**
   * @param path below {@code /v2/compute}, as for all methods here
   */
  public JsonValue get(String path) {
    return session.get().json(request("GET", path, JsonValue.EMPTY_JSON_OBJECT));
  }

  public JsonObject post(String path, JsonObject body) {
    return send("POST", path, body);
  }

  /** For actions that may take an emulator's time. */
  public JsonObject postSlowly(String path, JsonObject body) {
    return object(session.get().json(request("POST", path, body, LONG_PATIENCE)));
  }

  /** For routes that do many such things and answer for each. */
  JsonArray postAll(String path, JsonObject body) {
    return session.get().json(request("POST", path, body, LONG_PATIENCE)) instanceof JsonArray all
        ? all
        : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** For questions that may take an emulator's time. */
  public JsonValue getSlowly(String path) {
    return session.get().json(request("GET", path, JsonValue.EMPTY_JSON_OBJECT, LONG_PATIENCE));
  }

  public JsonObject put(String path, JsonObject body) {
    return send("PUT", path, body);
  }

  public void delete(String path) {
    send("DELETE", path, JsonValue.EMPTY_JSON_OBJECT);
  }

  JsonObject send(String method, String path, JsonObject body) {
    return object(session.get().json(request(method, path, body)));
  }

  static ComputeHttp.Request request(String method, String path, JsonObject body) {
    return request(method, path, body, PATIENCE);
  }

  static ComputeHttp.Request request(
      String method, String path, JsonObject body, Duration patience) {
    return new ComputeHttp.Request(
        method,
        path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()),
        JSON,
        Optional.of(patience));
  }

  /** A file's content; the caller closes it. */
  HttpResponse<InputStream> open(String path) {
    return session.get().stream(
        new ComputeHttp.Request("GET", path, BodyPublishers.noBody(), JSON, Optional.of(PATIENCE)));
  }

  public byte[] download(String path) {
    try (InputStream content = open(path).body()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Saves what the compute sends to a file, which is replaced; how long that takes is not limited.
   */
  public void download(String path, Path target) {
    try (InputStream content = open(path).body()) {
      Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw LabException.conflict("The file cannot be saved: " + e.getMessage());
    }
  }

  /**
   * Opens an answer that goes on for as long as there is something to tell; whoever reads it closes
   * it.
   */
  public InputStream stream(String path) {
    return open(path).body();
  }

  /** Sends content of any length as it comes; how long that takes is not limited. */
  public void upload(String path, InputStream content) {
    pass("POST", path, content);
  }

  /** Passes a request with any content on; how long it takes is not limited. */
  JsonValue pass(String method, String path, InputStream content) {
    PassedContent passed = new PassedContent(content);
    try {
      return session
          .get()
          .json(
              new ComputeHttp.Request(
                  method,
                  path,
                  BodyPublishers.ofInputStream(() -> passed),
                  BYTES,
                  Optional.empty()));
    } catch (LabException failed) {
      passed.rethrow();
      throw failed;
    }
  }

  /** Opens a WebSocket; the future fails if the compute refuses. */
  public CompletableFuture<WebSocket> socket(String path, WebSocket.Listener listener) {
    return session.get().socket(path, listener);
  }

  private static JsonObject object(JsonValue value) {
    return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }
}
