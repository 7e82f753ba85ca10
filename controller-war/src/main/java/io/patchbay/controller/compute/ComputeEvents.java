package io.patchbay.controller.compute;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.FirstLab;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.LabException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens to every compute for as long as the server runs, whether it is there from the beginning,
 * comes later, or goes and comes back.
 */
@Singleton
public class ComputeEvents {
  private static final Logger LOG = Logger.getLogger(ComputeEvents.class.getName());
  private static final long FIRST_RETRY = 200;
  private static final long LAST_RETRY = 5000;

  private final Computes computes;
  private final Projects projects;
  private final Feeds feeds;
  private final Settings settings;
  private final FirstLab firstLab;
  private final AtomicBoolean announced = new AtomicBoolean();
  private volatile boolean stopped;

  @Inject
  public ComputeEvents(
      Computes computes, Projects projects, Feeds feeds, Settings settings, FirstLab firstLab) {
    this.computes = computes;
    this.projects = projects;
    this.feeds = feeds;
    this.settings = settings;
    this.firstLab = firstLab;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (Compute compute : computes.all()) {
      Thread.ofVirtual()
          .name("compute-" + compute.id())
          .start(
              () -> {
                Thread.currentThread().setContextClassLoader(loader);
                follow(compute);
              });
    }
  }

  @PreDestroy
  void stop() {
    stopped = true;
  }

  private void follow(Compute compute) {
    long retry = FIRST_RETRY;
    while (!stopped) {
      try {
        if (compute.client().get("/capabilities") instanceof JsonObject capabilities) {
          Listener listener = new Listener(compute);
          compute.client().socket("/notifications/ws", listener).get();
          compute.connected(capabilities);
          LOG.log(Level.INFO, "compute {0} is connected", compute.id());
          announce();
          feeds.controller().publish("compute.updated", compute.describe());
          retry = FIRST_RETRY;
          listener.ended.get();
        }
      } catch (LabException | ExecutionException away) {
        LOG.log(Level.FINE, "compute {0} is away", compute.id());
      } catch (InterruptedException e) {
        return;
      }
      compute.disconnected();
      sleep(retry);
      retry = Math.min(LAST_RETRY, retry * 2);
    }
  }

  /**
   * The container names addresses of the machine that nothing listens on; this is the right one.
   */
  private void announce() {
    if (announced.compareAndSet(false, true)) {
      LOG.log(
          Level.INFO,
          "Patchbay is ready: http://{0}:{1}{2}",
          new Object[] {
            settings.httpHost(),
            Integer.toString(settings.httpPort()),
            firstLab.hint().map(text -> "\n" + text).orElse("")
          });
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Compute compute, JsonObject message) {
    String action = message.getString("action", "");
    JsonObject event =
        message.get("event") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    String projectId = message.getString("project_id", "");
    switch (action) {
      case "ping" -> {
        compute.usage(event);
        feeds.controller().publish("compute.updated", compute.describe());
      }
      case "node.updated" -> projects.nodeUpdated(projectId, event);
      case "log.info", "log.warning", "log.error" -> projects.tell(projectId, action, event);
      default -> LOG.log(Level.FINE, "event {0} of a compute is not of interest", action);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final Compute compute;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Listener(Compute compute) {
      this.compute = compute;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
          handle(compute, reader.readObject());
        } catch (JsonException | LabException | ClassCastException bad) {
          LOG.log(Level.WARNING, "a message of compute " + compute.id() + " was bad", bad);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.complete(null);
    }
  }
}
