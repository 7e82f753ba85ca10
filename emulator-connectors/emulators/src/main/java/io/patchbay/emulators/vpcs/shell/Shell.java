package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.runtime.console.History;
import java.nio.file.Path;
import java.util.List;

/**
 * What the commands of one virtual PC share. Commands run one at a time, on the thread of whoever
 * calls {@link #execute}.
 */
public final class Shell {
  static final String DEFAULT_NAME = "VPCS";

  private final VirtualHost host;
  private final Screen screen;
  private final Keyboard keyboard;
  private final Path directory;
  private final History history = new History();
  private final EchoSettings echo = new EchoSettings();
  private final FrameDump dump;
  private final Wiring wiring = new Wiring();
  private volatile String name = DEFAULT_NAME;
  private int scripts;
  private boolean usesDhcp;
  private boolean usesAuto;

  /** What a command can ask of the terminal. */
  public interface Keyboard {
    /** Waits for any key. */
    void awaitKey() throws InterruptedException;

    /** Hangs up on everybody who looks at the terminal. */
    void disconnect();

    /** Ends the virtual PC. */
    void quit();
  }

  /** The UDP ports that VPCS would use; kept because they can be set and shown. */
  static final class Wiring {
    int localPort = 20_000;
    int remotePort = 30_000;
    String remoteHost = "127.0.0.1";
  }

  /**
   * @param directory where files are loaded from and saved to
   */
  public Shell(VirtualHost host, Screen screen, Keyboard keyboard, Path directory) {
    this.host = host;
    this.screen = screen;
    this.keyboard = keyboard;
    this.directory = directory;
    dump = new FrameDump(host, screen, directory);
    host.hostName(name);
  }

  /** Runs a line; nothing that it says ends in an exception. */
  public void execute(String line) throws InterruptedException {
    String trimmed = line.stripTrailing();
    List<String> words = Words.of(trimmed);
    if (words.isEmpty() || trimmed.startsWith("#") || trimmed.startsWith(";")) {
      return;
    }
    if (words.size() == 1 && words.getFirst().matches("\\d")) {
      if (!words.getFirst().equals("1")) {
        screen.line("\nOnly 1 VPCs actived");
      }
      return;
    }
    screen.print("\n");
    // In a script, @ keeps a command from being shown, which this one never is.
    if (Words.abbreviates(words.getFirst().replaceFirst("^@", ""), "echo")) {
      echo.print(screen, trimmed);
    } else {
      new Dispatch(this).run(trimmed, words);
    }
  }

  /** Runs the file of commands that a PC has for its start, if there is one. */
  public void startup(String file) throws InterruptedException {
    FileCommands.startup(this, file);
  }

  VirtualHost host() {
    return host;
  }

  Screen screen() {
    return screen;
  }

  Keyboard keyboard() {
    return keyboard;
  }

  Path directory() {
    return directory;
  }

  History history() {
    return history;
  }

  EchoSettings echo() {
    return echo;
  }

  FrameDump dump() {
    return dump;
  }

  Wiring wiring() {
    return wiring;
  }

  public String name() {
    return name;
  }

  void name(String newName) {
    name = newName;
    host.hostName(newName);
  }

  /** The name and the number that VPCS shows with it. */
  String numberedName() {
    return name + "[1]";
  }

  /** Counts a script that begins; false if too many have called each other. */
  boolean enterScript() {
    if (scripts == 8) {
      return false;
    }
    scripts++;
    return true;
  }

  void leaveScript() {
    scripts--;
  }

  boolean inScript() {
    return scripts > 0;
  }

  boolean usesDhcp() {
    return usesDhcp;
  }

  void usesDhcp(boolean uses) {
    usesDhcp = uses;
  }

  boolean usesAuto() {
    return usesAuto;
  }

  void usesAuto(boolean uses) {
    usesAuto = uses;
  }
}
