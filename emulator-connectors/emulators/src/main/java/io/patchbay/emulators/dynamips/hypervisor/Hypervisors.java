package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.emulators.dynamips.hypervisor.HypervisorProcess.Place;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The hypervisors of a compute. Each is launched for the first router that needs it and ended with
 * the last one. Thread-safe.
 */
public final class Hypervisors {
  private final ResourceAdapter adapter;
  private final Duration patience;
  private final Map<HypervisorProcess, Use> uses = new HashMap<>();

  /**
   * Held while a process to be shared is launched: two routers that start at once need only one.
   */
  private final ReentrantLock launching = new ReentrantLock();

  /** How many routers have a process, and their memory together. */
  private static final class Use {
    private final boolean adopted;
    private final boolean holdsPort;
    private int routers;
    private int megabytes;

    private Use(boolean adopted, boolean holdsPort) {
      this.adopted = adopted;
      this.holdsPort = holdsPort;
    }
  }

  /**
   * A router's part in a process.
   *
   * @param control a connection of its own
   * @param megabytes of memory that it takes
   */
  public record Seat(HypervisorProcess process, Hypervisor control, int megabytes) {
    /** Adds what {@link #adopt} of a later server needs; false if the process has ended. */
    public boolean describe(JsonObjectBuilder state, JsonObjectBuilder ports) {
      ports.add("hypervisor", process.port());
      state.add("megabytes", megabytes);
      return process.describe(state);
    }
  }

  /**
   * @param patience how long a hypervisor may take to answer
   */
  public Hypervisors(ResourceAdapter adapter, Duration patience) {
    this.adapter = adapter;
    this.patience = patience;
  }

  /** Where Dynamips keeps what is the same for all routers and takes a second to make. */
  public static Path tables(ResourceAdapter adapter) throws IOException {
    Path run = adapter.config().runDirectory().toAbsolutePath();
    return Files.createDirectories(run.resolveSibling(run.getFileName() + "-dynamips"));
  }

  /**
   * A part in a process that has room for a router of this size, or in a new one.
   *
   * @throws IOException if it cannot be launched or does not answer; nothing is left then
   * @throws LabException (CONFLICT) if there is no port for it
   */
  public Seat take(DynamipsProgram program, Place place, int megabytes) throws IOException {
    return connect(join(program, place, megabytes), megabytes);
  }

  private Seat connect(HypervisorProcess process, int megabytes) throws IOException {
    try {
      return new Seat(process, process.connect(), megabytes);
    } catch (IOException unreachable) {
      giveUp(process, megabytes)
          .ifPresent(
              use -> {
                process.kill();
                forget(process, use);
              });
      throw new IOException(unreachable.getMessage() + "; Dynamips: " + process.lastWords());
    }
  }

  private HypervisorProcess join(DynamipsProgram program, Place place, int megabytes)
      throws IOException {
    if (place.image().isEmpty()) {
      return launch(program, place, megabytes);
    }
    launching.lock();
    try {
      Optional<HypervisorProcess> room = findRoom(place, megabytes);
      return room.isPresent() ? room.get() : launch(program, place, megabytes);
    } finally {
      launching.unlock();
    }
  }

  private synchronized Optional<HypervisorProcess> findRoom(Place place, int megabytes) {
    for (Map.Entry<HypervisorProcess, Use> each : uses.entrySet()) {
      if (each.getKey().place().isShared(place)
          && each.getKey().isAlive()
          && each.getValue().megabytes + megabytes
              <= adapter.config().dynamips().hypervisorMegabytes()) {
        return Optional.of(counted(each.getKey(), each.getValue(), megabytes));
      }
    }
    return Optional.empty();
  }

  private HypervisorProcess launch(DynamipsProgram program, Place place, int megabytes)
      throws IOException {
    int port = adapter.consolePorts().lease();
    try {
      // A port is nobody else's, so it names the files of a process that is shared.
      Place fresh = place.image().isEmpty() ? place : place.named("p" + port);
      EmulatorProcess process =
          adapter
              .processes()
              .launch(program.command(port, fresh.log()), tables(adapter), fresh.output());
      HypervisorProcess hypervisor = new HypervisorProcess(process, fresh, port, patience);
      return counted(hypervisor, new Use(false, true), megabytes);
    } catch (IOException failed) {
      adapter.consolePorts().release(port);
      throw failed;
    }
  }

  private synchronized HypervisorProcess counted(
      HypervisorProcess process, Use use, int megabytes) {
    use.routers++;
    use.megabytes += megabytes;
    uses.put(process, use);
    return process;
  }

  /**
   * The part in a process that a router had under an earlier server.
   *
   * @param state what {@link Seat#describe} said
   * @return empty if that process runs no longer
   * @throws IOException if it cannot be reached
   */
  public Optional<Seat> adopt(JsonObject state) throws IOException {
    Optional<HypervisorProcess> found = find(state);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(connect(found.get(), state.getInt("megabytes")));
  }

  private synchronized Optional<HypervisorProcess> find(JsonObject state) {
    ProcessIdentity identity = ProcessIdentity.of(state.getJsonObject("process"));
    int megabytes = state.getInt("megabytes");
    for (Map.Entry<HypervisorProcess, Use> each : uses.entrySet()) {
      if (each.getKey().is(identity)) {
        return Optional.of(counted(each.getKey(), each.getValue(), megabytes));
      }
    }
    return adapter
        .processes()
        .adopt(identity)
        .map(
            process -> {
              int port = state.getJsonObject("ports").getInt("hypervisor");
              boolean holdsPort = adapter.consolePorts().hold(port);
              return counted(
                  new HypervisorProcess(process, Place.of(state), port, patience),
                  new Use(true, holdsPort),
                  megabytes);
            });
  }

  /** Counts a router no more; how the process was used if it was the last one. */
  private synchronized Optional<Use> giveUp(HypervisorProcess process, int megabytes) {
    Use use = uses.get(process);
    use.routers--;
    use.megabytes -= megabytes;
    if (use.routers > 0) {
      return Optional.empty();
    }
    uses.remove(process);
    return Optional.of(use);
  }

  /**
   * Takes a router out, and ends the process with the last one. Returns when nothing of it is left.
   *
   * @param ports of the router that have a tunnel
   */
  public void leave(Seat seat, Instance router, Collection<PortAddress> ports) {
    Optional<Use> last = giveUp(seat.process(), seat.megabytes());
    if (last.isPresent() && !(last.get().adopted && router.hasCompany())) {
      seat.process().end(seat.control());
      forget(seat.process(), last.get());
    } else {
      // Those that another server left there may be adopted yet.
      seat.process().remove(seat.control(), router, ports);
      last.ifPresent(use -> givePortBack(seat.process(), use));
    }
  }

  private void forget(HypervisorProcess process, Use use) {
    process.cleanUp();
    givePortBack(process, use);
  }

  /** Lets the router run, for a later server. */
  public void release(Seat seat) {
    seat.control().leave();
    giveUp(seat.process(), seat.megabytes()).ifPresent(use -> givePortBack(seat.process(), use));
  }

  private void givePortBack(HypervisorProcess process, Use use) {
    if (use.holdsPort) {
      adapter.consolePorts().release(process.port());
    }
  }
}
