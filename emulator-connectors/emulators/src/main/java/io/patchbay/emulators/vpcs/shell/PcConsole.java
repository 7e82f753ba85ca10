package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.VirtualHost;
import java.nio.file.Path;

/** A shell at a terminal: all that a virtual PC has besides its host. */
public final class PcConsole implements AutoCloseable {
  private final Owner owner;
  private final Screen screen;
  private final Shell shell;
  private final Terminal terminal;

  /** Who has the console. */
  public interface Owner {
    /** Shows text; each character is an octet. */
    void show(String text);

    /** Hangs up on everybody who looks. */
    void disconnect();

    /** Ends the PC; must not wait. */
    void quit();

    /**
     * A command is over.
     *
     * @param script the commands that make a PC as this one is now
     */
    void done(String script);
  }

  /**
   * @param directory where files are loaded from and saved to
   */
  public PcConsole(VirtualHost host, Path directory, Owner owner) {
    this.owner = owner;
    screen = text -> owner.show(text.replace("\n", "\r\n"));
    shell = new Shell(host, screen, new Keys(), directory);
    terminal = new Terminal(screen, shell.history(), new Lines());
    host.notices(terminal::notice);
  }

  private final class Keys implements Shell.Keyboard {
    @Override
    public void awaitKey() throws InterruptedException {
      terminal.awaitKey();
    }

    @Override
    public void disconnect() {
      owner.disconnect();
    }

    @Override
    public void quit() {
      owner.quit();
    }
  }

  private final class Lines implements Terminal.Work {
    @Override
    public void execute(String line) throws InterruptedException {
      shell.execute(line);
    }

    @Override
    public String prompt() {
      return "\n\r" + shell.name() + "> ";
    }

    @Override
    public void done() {
      owner.done(FileCommands.script(shell));
    }
  }

  /** Greets, and runs the startup script if there is one. */
  public void begin(String startupFile) {
    terminal.begin(
        () -> {
          shell.host().autoIpv6();
          screen.print(HelpTexts.BANNER + HelpTexts.GREETING);
          shell.startup(startupFile);
        });
  }

  /** Becomes the PC that these commands make. */
  public void restore(String script) {
    terminal.begin(
        () -> {
          for (String line : script.split("\n")) {
            shell.execute(line);
          }
        });
  }

  public void type(byte[] keys) {
    terminal.type(keys);
  }

  /** What somebody who comes now should see: the line that is being edited. */
  public String currentLine() {
    return terminal.currentLine().replace("\n", "\r\n");
  }

  @Override
  public void close() {
    terminal.close();
    shell.dump().close();
  }
}
