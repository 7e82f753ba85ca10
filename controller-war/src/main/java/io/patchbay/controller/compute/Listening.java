package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The notifications of a compute, which come at least once a second as long as it is well. */
final class Listening implements WebSocket.Listener {
  private static final Logger LOG = Logger.getLogger(Listening.class.getName());

  private final Consumer<JsonObject> events;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile long lastHeard = System.nanoTime();

  Listening(Consumer<JsonObject> events) {
    this.events = events;
  }

  /**
   * Waits until the compute is gone.
   *
   * @param silence after this long without a word it counts as gone
   * @return why
   */
  String await(Duration silence) throws InterruptedException {
    while (true) {
      long left = silence.toNanos() - (System.nanoTime() - lastHeard);
      if (left <= 0) {
        return "it does not answer any more";
      }
      try {
        return ended.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException perhapsHeard) {
        // Whether something was heard meanwhile is looked at above.
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    lastHeard = System.nanoTime();
    text.append(part);
    if (last) {
      try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
        events.accept(reader.readObject());
      } catch (JsonException | LabException | ClassCastException bad) {
        LOG.log(Level.WARNING, "a message of a compute was bad", bad);
      }
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    ended.complete("it closed the connection");
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ended.complete("the connection broke");
  }
}
