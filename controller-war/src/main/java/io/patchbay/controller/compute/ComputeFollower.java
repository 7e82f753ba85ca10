package io.patchbay.controller.compute;

import io.patchbay.controller.compute.Compute.Absence;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the connection to one compute for as long as it is registered: from the beginning, when it
 * comes later, and when it goes and comes back.
 */
final class ComputeFollower implements Runnable {
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);
  private static final Duration GREETING = Duration.ofSeconds(5);

  private final Compute compute;
  private final Duration silence;
  private final Events events;
  private volatile boolean stopped;
  private volatile ComputeHttp current;

  /** Who wants to know. */
  interface Events {
    void connected(Compute compute);

    void away(Compute compute);

    void told(Compute compute, JsonObject message);
  }

  /**
   * @param silence after this long without a word a compute counts as away
   */
  ComputeFollower(Compute compute, Duration silence, Events events) {
    this.compute = compute;
    this.silence = silence;
    this.events = events;
  }

  @Override
  public void run() {
    Duration retry = FIRST_RETRY;
    try {
      while (!stopped) {
        Absence absence = attend();
        boolean was = compute.away(absence);
        if (was && !stopped) {
          events.away(compute);
          retry = FIRST_RETRY;
        }
        if (!stopped) {
          compute.presence().pause(retry);
          retry = min(retry.multipliedBy(2), LAST_RETRY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Connects, and returns when that fails or the connection ends. */
  private Absence attend() throws InterruptedException {
    try (ComputeHttp http = new ComputeHttp(compute.settings(), compute.authorization())) {
      current = http;
      JsonObject capabilities = capabilities(http);
      Listening listening = new Listening(message -> events.told(compute, message));
      http.socket("/notifications/ws", listening).get(GREETING.toMillis(), TimeUnit.MILLISECONDS);
      compute.errands().run(http);
      compute.connected(capabilities, http);
      // What came to be an errand just before it was there.
      compute.errands().run(http);
      events.connected(compute);
      return new Absence(listening.await(silence), true);
    } catch (ComputeAway away) {
      boolean refused = away.getCause() instanceof ConnectException;
      return new Absence(refused ? "nothing answers at its address" : away.getMessage(), !refused);
    } catch (LabException refused) {
      return new Absence(refused.getMessage(), true);
    } catch (ExecutionException | TimeoutException noSocket) {
      return new Absence("its notifications cannot be heard", true);
    }
  }

  private JsonObject capabilities(ComputeHttp http) {
    if (http.json(
                ComputeClient.request(
                    "GET", "/capabilities", JsonObject.EMPTY_JSON_OBJECT, GREETING))
            instanceof JsonObject capabilities
        && capabilities.get("version") instanceof JsonString version) {
      requireVersion(version.getString());
      return capabilities;
    }
    throw LabException.conflict("it is not a GNS3 server");
  }

  /** The API may differ between releases; builds of one release are alike. */
  private static void requireVersion(String theirs) {
    if (!(theirs + ".").startsWith(ApiVersion.TEXT + ".")
        && !theirs.startsWith(ApiVersion.TEXT + "-")
        && !theirs.startsWith(ApiVersion.TEXT + "+")) {
      throw LabException.conflict(
          "its version is " + theirs + ", and " + ApiVersion.TEXT + " is needed");
    }
  }

  /** Connects anew, to wherever the compute's settings lead now. */
  void restart() {
    endConnection();
    compute.presence().want();
  }

  void stop() {
    stopped = true;
    restart();
  }

  private void endConnection() {
    ComputeHttp connection = current;
    if (connection != null) {
      connection.close();
    }
  }
}
