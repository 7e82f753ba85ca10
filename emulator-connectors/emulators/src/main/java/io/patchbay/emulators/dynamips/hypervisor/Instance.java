package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.emulators.dynamips.hypervisor.Hypervisor.Reply;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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

  /** An NVRAM without a configuration may hold the hypervisor up for ever. */
  private static final Duration EXTRACT_PATIENCE = Duration.ofSeconds(10);

  private static final Pattern CONFIGS = Pattern.compile("conf .* '([^' ]*)' '([^' ]*)'");
  private static final Pattern PROPOSAL = Pattern.compile("(0x[0-9a-fA-F]{1,16})\\b.*");
  private static final int LONGEST_NAME = 64;
  private static final String REMOVE_NIO = "vm slot_remove_nio_binding";

  private final Hypervisor hypervisor;
  private final String platform;
  private final String name;

  private Instance(Hypervisor hypervisor, String platform, String name) {
    this.hypervisor = hypervisor;
    this.platform = platform;
    this.name = name;
  }

  /** How a router is. */
  public enum State {
    INACTIVE,
    SHUTTING_DOWN,
    RUNNING,
    SUSPENDED
  }

  /**
   * What is in a router's NVRAM.
   *
   * @param startup empty if there is none
   * @param secrets the private configuration; empty if there is none
   */
  public record Configs(byte[] startup, byte[] secrets) {}

  /**
   * Makes a router, not started.
   *
   * @param id 0 to 4096; names its files
   */
  public static Instance create(Hypervisor hypervisor, String platform, String name, int id) {
    Instance instance = existing(hypervisor, platform, name);
    hypervisor.run("vm create", instance.name, id, platform);
    return instance;
  }

  /** One that is there already. */
  public static Instance existing(Hypervisor hypervisor, String platform, String name) {
    return new Instance(hypervisor, platform, plain(name));
  }

  /** A name as the hypervisor can be told it: it is shown on the console and in its logs only. */
  private static String plain(String name) {
    String safe = name.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
    return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
  }

  /** By which {@link #existing} finds it. */
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
    hypervisor.ask(START_PATIENCE, "vm start", name);
  }

  public void stop() {
    hypervisor.run("vm stop", name);
  }

  public void suspend() {
    hypervisor.run("vm suspend", name);
  }

  public void resume() {
    hypervisor.run("vm resume", name);
  }

  /** Removes the router and the files that the hypervisor made for it. */
  public void deleteWithFiles() {
    hypervisor.run("vm clean_delete", name);
  }

  public State state() {
    String number = hypervisor.ask(EXTRACT_PATIENCE, "vm get_status", name).text();
    if (!number.matches("[0-3]")) {
      throw LabException.conflict("Dynamips has no state " + number);
    }
    return State.values()[Integer.parseInt(number)];
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
    for (Runnable undo :
        List.<Runnable>of(
            () -> hypervisor.run(REMOVE_NIO, name, port.adapter(), port.port()),
            () -> hypervisor.run("nio delete", nio(port)))) {
      try {
        undo.run();
      } catch (LabException neverDone) {
        // Nothing was there to be undone.
      }
    }
  }

  public void unplug(PortAddress port, boolean running) {
    if (running) {
      hypervisor.run("vm slot_disable_nio", name, port.adapter(), port.port());
    }
    hypervisor.run(REMOVE_NIO, name, port.adapter(), port.port());
    hypervisor.run("nio delete", nio(port));
  }

  private static String nio(PortAddress port) {
    return "nio_" + port.adapter() + "_" + port.port();
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

  /** What is in the NVRAM. */
  public Configs extractConfigs() {
    Reply reply = hypervisor.ask(EXTRACT_PATIENCE, "vm extract_config", name);
    Matcher both = CONFIGS.matcher(reply.text());
    if (!both.matches()) {
      throw LabException.conflict("Dynamips does not tell the configurations");
    }
    return new Configs(decoded(both.group(1)), decoded(both.group(2)));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException nonsense) {
      throw LabException.conflict("Dynamips does not tell the configurations");
    }
  }
}
