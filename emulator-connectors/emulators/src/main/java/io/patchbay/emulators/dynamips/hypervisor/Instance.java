package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A router that a hypervisor has. Every command is refused with a LabException (CONFLICT) if the
 * hypervisor refuses it, is gone or does not answer in time.
 */
public final class Instance {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  /** A thousand measurements, 10 ms apart, and a busy machine. */
  private static final Duration MEASURE_PATIENCE = Duration.ofMinutes(2);

  private static final Pattern PROPOSAL = Pattern.compile("(0x[0-9a-fA-F]{1,16})\\b.*");
  private static final int LONGEST_NAME = 64;
  private static final String REMOVE_NIO = "vm slot_remove_nio_binding";
  private static final String DELETE_NIO = "nio delete";

  private final Hypervisor hypervisor;
  private final Path directory;
  private final String platform;
  private final String name;

  /**
   * A router that is there, or that {@link #create} will make.
   *
   * @param directory of its files
   * @param name no other router of the hypervisor has it
   */
  public Instance(Hypervisor hypervisor, Path directory, String platform, String name) {
    this.hypervisor = hypervisor;
    this.directory = directory;
    this.platform = platform;
    this.name = plain(name);
  }

  /** The same by another connection. */
  Instance by(Hypervisor other) {
    return new Instance(other, directory, platform, name);
  }

  /** How a router is. */
  public enum State {
    INACTIVE,
    SHUTTING_DOWN,
    RUNNING,
    SUSPENDED
  }

  /**
   * Makes the router, not started.
   *
   * @param id 0 to 4096; names its files
   */
  public void create(int id) {
    inDirectory(() -> hypervisor.run("vm create", name, id, platform));
  }

  /** Files are opened, made and removed in the directory that the hypervisor is in. */
  private void inDirectory(Runnable work) {
    hypervisor.in(directory, work);
  }

  /** A name as the hypervisor can be told it: it is shown on the console and in its logs only. */
  private static String plain(String name) {
    String safe = name.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
    return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
  }

  /** As the hypervisor knows it. */
  public String name() {
    return name;
  }

  /** Changes a setting that every platform has, such as {@code ram}. */
  public void set(String setting, Object value) {
    hypervisor.run("vm set_" + setting, name, value);
  }

  /** Changes a setting of this platform, such as {@code npe}. */
  public void setOfPlatform(String setting, Object... values) {
    Object[] arguments = new Object[values.length + 1];
    arguments[0] = name;
    System.arraycopy(values, 0, arguments, 1, values.length);
    hypervisor.run(platform + " set_" + setting, arguments);
  }

  /**
   * Names the configurations that are put into the NVRAM at each start.
   *
   * @param startup path
   * @param secrets path of the private one; empty to leave what is there
   */
  public void configs(String startup, Optional<String> secrets) {
    if (secrets.isPresent()) {
      hypervisor.run("vm set_config", name, startup, secrets.get());
    } else {
      hypervisor.run("vm set_config", name, startup);
    }
  }

  public void start() {
    inDirectory(() -> hypervisor.ask(START_PATIENCE, "vm start", name));
  }

  /**
   * Starts, and tells what has come by that.
   *
   * @param there what is there now, such as the threads of the hypervisor
   */
  public Set<String> start(Supplier<Set<String>> there) {
    Set<String> fresh = new HashSet<>();
    // No other router starts meanwhile.
    inDirectory(
        () -> {
          Set<String> before = there.get();
          hypervisor.ask(START_PATIENCE, "vm start", name);
          fresh.addAll(there.get());
          fresh.removeAll(before);
        });
    return Set.copyOf(fresh);
  }

  public void stop() {
    inDirectory(() -> hypervisor.run("vm stop", name));
  }

  public void suspend() {
    hypervisor.run("vm suspend", name);
  }

  public void resume() {
    hypervisor.run("vm resume", name);
  }

  /** Removes the router and the files that the hypervisor made for it. */
  public void deleteWithFiles() {
    inDirectory(() -> hypervisor.run("vm clean_delete", name));
  }

  /**
   * Removes the router, whatever it is doing; its files stay.
   *
   * @param ports those with a tunnel
   */
  public void remove(Collection<PortAddress> ports) {
    if (hypervisor.instances().contains(name)) {
      // Also one that does not run: it may have got halfway, and a deletion alone would leave
      // threads of it behind, which write into memory that others have then.
      stop();
      inDirectory(() -> hypervisor.run("vm delete", name));
    }
    ports.forEach(port -> attempt(() -> hypervisor.run(DELETE_NIO, nio(port))));
  }

  public State state() {
    String number = hypervisor.ask("vm get_status", name).text();
    if (!number.matches("[0-3]")) {
      throw LabException.conflict("Dynamips has no state " + number);
    }
    return State.values()[Integer.parseInt(number)];
  }

  /** Whether there are other routers in the hypervisor; not if it is gone. */
  boolean hasCompany() {
    try {
      return hypervisor.instances().stream().anyMatch(other -> !other.equals(name));
    } catch (LabException gone) {
      return false;
    }
  }

  /**
   * Puts a card in.
   *
   * @param place 0 for a slot's own card, else that of a WIC
   */
  public void insert(int slot, int place, String card) {
    hypervisor.run("vm slot_add_binding", name, slot, place, card);
  }

  /** Puts a card in while the router runs, which is told of it. */
  public void insertLive(int slot, String card) {
    insert(slot, 0, card);
    hypervisor.run("vm slot_oir_start", name, slot, 0);
  }

  /** Takes a card out while the router runs, which is told of it. */
  public void removeLive(int slot) {
    hypervisor.run("vm slot_oir_stop", name, slot, 0);
    hypervisor.run("vm slot_remove_binding", name, slot, 0);
  }

  /**
   * Plugs a UDP tunnel into a port.
   *
   * @param local the UDP port that the hypervisor binds
   * @param remote the one that it sends to, on this machine
   * @param running whether the router runs
   */
  public void plug(PortAddress port, int local, int remote, boolean running) {
    String nio = nio(port);
    hypervisor.run("nio create_udp", nio, local, "127.0.0.1", remote);
    try {
      hypervisor.run("vm slot_add_nio_binding", name, port.adapter(), port.port(), nio);
      if (running) {
        hypervisor.run("vm slot_enable_nio", name, port.adapter(), port.port());
      }
    } catch (LabException refused) {
      giveUp(port);
      throw refused;
    }
  }

  private void giveUp(PortAddress port) {
    attempt(() -> hypervisor.run(REMOVE_NIO, name, port.adapter(), port.port()));
    attempt(() -> hypervisor.run(DELETE_NIO, nio(port)));
  }

  private static void attempt(Runnable undo) {
    try {
      undo.run();
    } catch (LabException neverDone) {
      // Nothing was there to be undone.
    }
  }

  public void unplug(PortAddress port, boolean running) {
    if (running) {
      hypervisor.run("vm slot_disable_nio", name, port.adapter(), port.port());
    }
    hypervisor.run(REMOVE_NIO, name, port.adapter(), port.port());
    hypervisor.run(DELETE_NIO, nio(port));
  }

  private String nio(PortAddress port) {
    return "%s %d/%d".formatted(name, port.adapter(), port.port());
  }

  /** Changes the idle-PC of a router that runs. */
  public void idlePcNow(String value) {
    hypervisor.run("vm set_idle_pc_online", name, 0, value);
  }

  /** Changes {@code idle_max} or {@code idle_sleep_time} of a router that runs. */
  public void idleNow(String setting, int value) {
    hypervisor.run("vm set_" + setting, name, 0, value);
  }

  /** Measures where the processor is; values and how often they were seen. Takes seconds. */
  public List<String> measureIdlePcs() {
    return hypervisor.ask(MEASURE_PATIENCE, "vm get_idle_pc_prop", name, 0).lines();
  }

  /** The value of one of {@link #measureIdlePcs}; empty if it has none. */
  public static Optional<String> idlePc(String measured) {
    Matcher value = PROPOSAL.matcher(measured);
    return value.matches() ? Optional.of(value.group(1)) : Optional.empty();
  }
}
