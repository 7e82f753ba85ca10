package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process of Dynamips in which one router runs, or several. Each router has a connection of its
 * own to it, so one that takes long keeps no other waiting but while files are opened. Thread-safe.
 */
public final class HypervisorProcess {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** Long, since many that start at once share the processors; an exit is noticed at once. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final int LOG_TAIL = 1000;

  private final EmulatorProcess process;
  private final Place place;
  private final int port;
  private final Duration patience;
  private final Hypervisor.WorkingDirectory directory;
  private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> lastWords = Optional.empty();

  /**
   * What a process is for.
   *
   * @param home where it is while it does nothing, and has its log; exists
   * @param name of its log, unique there
   * @param image that of all its routers; empty if it is one router's own
   */
  public record Place(Path home, String name, Optional<Path> image) {
    /** Of a process of one router's own. */
    public static Place own(Path home, String name) {
      return new Place(home, name, Optional.empty());
    }

    /** Of a process of routers with this image. */
    public static Place shared(Path home, Path image) {
      return new Place(home, "", Optional.of(image));
    }

    Place named(String other) {
      return new Place(home, other, image);
    }

    /** For what it logs. */
    Path log() {
      return home.resolve("dynamips_" + name + "_log.txt");
    }

    /** For what it prints. */
    Path output() {
      return home.resolve("dynamips_" + name + "_stdout.txt");
    }

    /** Whether routers of both places may share a process. */
    boolean isShared(Place other) {
      return image.isPresent() && home.equals(other.home) && image.equals(other.image);
    }

    void describe(JsonObjectBuilder state) {
      state.add("home", home.toString()).add("log", name);
      image.ifPresent(path -> state.add("image", path.toString()));
    }

    static Place of(JsonObject state) {
      return new Place(
          Path.of(state.getString("home")),
          state.getString("log"),
          Optional.ofNullable(state.getJsonString("image"))
              .map(JsonString::getString)
              .map(Path::of));
    }
  }

  /**
   * @param port TCP port of its control, on this machine
   * @param patience how long it may take to answer
   */
  HypervisorProcess(EmulatorProcess process, Place place, int port, Duration patience) {
    this.process = process;
    this.place = place;
    this.port = port;
    this.patience = patience;
    directory = new Hypervisor.WorkingDirectory(place.home());
    process.onExit(this::ended);
  }

  private void ended() {
    keepLastWords();
    watchers.forEach(Runnable::run);
  }

  private synchronized void keepLastWords() {
    lastWords = Optional.of(lastWords());
  }

  /** Removes what it wrote, once it has ended, if that was in no router's own directory. */
  void cleanUp() {
    keepLastWords();
    if (place.image().isPresent()) {
      deleteQuietly(place.log());
      deleteQuietly(place.output());
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // It only takes room.
    }
  }

  Place place() {
    return place;
  }

  int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it is this very process, and runs. */
  boolean is(ProcessIdentity identity) {
    return process.identity().filter(identity::equals).isPresent();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed last, or why it was ended. */
  public String lastWords() {
    return lastWords.orElseGet(() -> EmulatorProcess.tail(place.output(), LOG_TAIL));
  }

  /** Runs an action when it ends, until {@link #unwatch}; at once if it has, and perhaps twice. */
  public void watch(Runnable action) {
    watchers.add(action);
    if (!isAlive()) {
      action.run();
    }
  }

  public void unwatch(Runnable action) {
    watchers.remove(action);
  }

  /** Adds what {@link Hypervisors#adopt} of a later server needs; false if it has ended. */
  boolean describe(JsonObjectBuilder state) {
    place.describe(state);
    return process.identity().map(identity -> state.add("process", identity.toJson())).isPresent();
  }

  /**
   * @throws IOException if it ends or does not answer
   */
  Hypervisor connect() throws IOException {
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, port);
    return Hypervisor.connect(address, directory, START_PATIENCE, process::isAlive, patience);
  }

  /**
   * Removes a router and leaves the others alone, unless it cannot be removed: then the process is
   * ended, since it would hold the files of that router for ever.
   */
  void remove(Hypervisor control, Instance router, Collection<PortAddress> ports) {
    try {
      router.remove(ports);
    } catch (LabException broken) {
      if (isAlive()) {
        removeAnew(router, ports);
      }
    }
    control.leave();
  }

  private void removeAnew(Instance router, Collection<PortAddress> ports) {
    try (Hypervisor control = connect()) {
      router.by(control).remove(ports);
      control.leave();
    } catch (IOException | LabException stuck) {
      lastWords = Optional.of(router.name() + " could not be stopped: " + stuck.getMessage());
      kill();
    }
  }

  /** Ends one that cannot be told to. */
  void kill() {
    process.stop(STOP_PATIENCE);
  }

  /** Ends it with all that runs in it; returns when it is gone. */
  void end(Hypervisor control) {
    try {
      control.stop(STOP_PATIENCE);
    } catch (LabException hanging) {
      // It is ended the hard way below.
    }
    control.close();
    kill();
  }
}
