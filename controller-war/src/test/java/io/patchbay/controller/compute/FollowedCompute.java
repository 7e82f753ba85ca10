package io.patchbay.controller.compute;

import io.patchbay.testkit.Deadline;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A compute whose connection is kept as the controller keeps it, and what comes of that. */
public final class FollowedCompute implements ComputeFollower.Events, AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final Compute compute;
  private final ComputeFollower follower;
  private final List<String> news = new CopyOnWriteArrayList<>();

  /**
   * @param errands the file of what it must still be told
   */
  public FollowedCompute(FakeCompute fake, Path errands) {
    compute =
        new Compute(fake.settings("c1"), Optional.empty(), Duration.ZERO, new ErrandStore(errands));
    follower = new ComputeFollower(compute, SILENCE, this);
    Thread.ofVirtual().start(follower);
  }

  public Compute compute() {
    return compute;
  }

  public FollowedCompute awaitConnected() {
    Deadline.await("the connection", compute::isConnected);
    return this;
  }

  public void awaitAway() {
    Deadline.await("the absence", compute::isAway);
  }

  /** What happened: {@code connected}, {@code away}, and what the compute told but for pings. */
  List<String> news() {
    return news;
  }

  @Override
  public void connected(Compute which) {
    news.add("connected");
  }

  @Override
  public void away(Compute which) {
    news.add("away");
  }

  @Override
  public void told(Compute which, JsonObject message) {
    if (!message.getString("action").equals("ping")) {
      news.add(message.getString("action"));
    }
  }

  /** Leaves the compute, as a controller does that ends. */
  @Override
  public void close() {
    follower.stop();
  }
}
