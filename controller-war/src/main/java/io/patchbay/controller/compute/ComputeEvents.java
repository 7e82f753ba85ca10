package io.patchbay.controller.compute;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.ComputeNews;
import io.patchbay.controller.project.FirstLab;
import io.patchbay.server.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Follows every compute, and passes on what happens there. */
@Singleton
public class ComputeEvents implements ComputeFollower.Events {
  private static final Logger LOG = Logger.getLogger(ComputeEvents.class.getName());

  private final Computes computes;
  private final ComputeNews news;
  private final Feeds feeds;
  private final Settings settings;
  private final Map<String, ComputeFollower> followers = new ConcurrentHashMap<>();
  private final FirstLab firstLab;
  private final AtomicBoolean announced = new AtomicBoolean();
  private ClassLoader loader = ComputeEvents.class.getClassLoader();

  @Inject
  public ComputeEvents(
      Computes computes, ComputeNews news, Feeds feeds, Settings settings, FirstLab firstLab) {
    this.computes = computes;
    this.news = news;
    this.feeds = feeds;
    this.settings = settings;
    this.firstLab = firstLab;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    loader = Thread.currentThread().getContextClassLoader();
    computes.onNewcomer(this::follow);
    computes.all().forEach(this::follow);
  }

  private void follow(Compute compute) {
    ComputeFollower follower = new ComputeFollower(compute, settings.computeSilence(), this);
    if (followers.putIfAbsent(compute.id(), follower) == null) {
      Thread.ofVirtual().name("compute-" + compute.id()).start(() -> run(follower));
    }
  }

  private void run(Runnable work) {
    Thread.currentThread().setContextClassLoader(loader);
    work.run();
  }

  /** Connects anew to a compute whose address has changed. */
  void reconnect(Compute compute) {
    ComputeFollower follower = followers.get(compute.id());
    if (follower != null) {
      follower.restart();
    }
  }

  /** Leaves a compute that is no longer registered. */
  void leave(Compute compute) {
    ComputeFollower follower = followers.remove(compute.id());
    if (follower != null) {
      follower.stop();
    }
  }

  @PreDestroy
  void stop() {
    followers.values().forEach(ComputeFollower::stop);
  }

  @Override
  public void connected(Compute compute) {
    LOG.log(Level.INFO, "compute {0} is connected", compute.id());
    if (compute.id().equals(Computes.LOCAL)) {
      announce();
    }
    feeds.controller().publish("compute.updated", compute.describe());
    Thread.ofVirtual()
        .name("take-up-" + compute.id())
        .start(() -> run(() -> news.connected(compute)));
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

  @Override
  public void away(Compute compute) {
    LOG.log(Level.WARNING, compute.absence());
    news.away(compute);
    feeds.controller().publish("compute.updated", compute.describe());
  }

  @Override
  public void told(Compute compute, JsonObject message) {
    String action = message.getString("action", "");
    JsonObject event =
        message.get("event") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    String projectId = message.getString("project_id", "");
    switch (action) {
      case "ping" -> {
        compute.usage(event);
        feeds.controller().publish("compute.updated", compute.describe());
      }
      case "node.updated" -> news.nodeUpdated(compute, projectId, event);
      case "capture.troubled" -> news.captureTroubled(compute, projectId, event);
      case "log.info", "log.warning", "log.error" -> news.tell(projectId, action, event);
      default -> LOG.log(Level.FINE, "event {0} of a compute is not of interest", action);
    }
  }
}
