package io.patchbay.controller.compute;

import io.patchbay.controller.notification.Feeds;
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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Follows every compute, and passes on what happens there. */
@Singleton
public class ComputeEvents implements ComputeFollower.Events {
  private static final Logger LOG = Logger.getLogger(ComputeEvents.class.getName());

  /**
   * The compute of this very process is silent only while this process stands still: on a machine
   * that many emulators keep busy, giving it up would end requests that are being done.
   */
  private static final Duration LOCAL_SILENCE = Duration.ofMinutes(10);

  private final Computes computes;
  private final News news;
  private final Feeds feeds;
  private final Duration silence;
  private final Supplier<String> greeting;
  private final Map<String, ComputeFollower> followers = new ConcurrentHashMap<>();
  private final AtomicBoolean announced = new AtomicBoolean();
  private ClassLoader loader = ComputeEvents.class.getClassLoader();

  /** What computes tell, and their coming and going, for those who have projects. */
  public interface News {
    /** A compute is there, for the first time or again; may wait. */
    void connected(Compute compute);

    void away(Compute compute);

    /** A compute tells of a node. */
    void nodeUpdated(Compute compute, String projectId, JsonObject node);

    /** A compute tells that a capture at a node may have ended. */
    void captureTroubled(Compute compute, String projectId, JsonObject capture);

    /** A compute has something to say to the watchers of a project. */
    void tell(String projectId, String action, JsonObject event);
  }

  @Inject
  public ComputeEvents(
      Computes computes, News news, Feeds feeds, Settings settings, FirstLab firstLab) {
    this(computes, news, feeds, settings.computeSilence(), () -> greeting(settings, firstLab));
  }

  /**
   * @param silence after this long without a word a compute counts as away
   * @param greeting what is told once the local compute is there
   */
  ComputeEvents(
      Computes computes, News news, Feeds feeds, Duration silence, Supplier<String> greeting) {
    this.computes = computes;
    this.news = news;
    this.feeds = feeds;
    this.silence = silence;
    this.greeting = greeting;
  }

  /**
   * The container names addresses of the machine that nothing listens on; this is the right one.
   */
  private static String greeting(Settings settings, FirstLab firstLab) {
    return "Patchbay is ready: http://%s:%d%s"
        .formatted(
            settings.httpHost(),
            settings.httpPort(),
            firstLab.hint().map(text -> "\n" + text).orElse(""));
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    loader = Thread.currentThread().getContextClassLoader();
    computes.onNewcomer(this::follow);
    computes.all().forEach(this::follow);
  }

  private void follow(Compute compute) {
    Duration patience = compute.id().equals(Computes.LOCAL) ? LOCAL_SILENCE : silence;
    ComputeFollower follower = new ComputeFollower(compute, patience, this);
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

  private void announce() {
    if (announced.compareAndSet(false, true)) {
      LOG.info(greeting);
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
