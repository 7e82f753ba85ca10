package io.patchbay.emulators.vpcs;

import io.patchbay.emulators.vpcs.shell.PcConsole;
import io.patchbay.netstack.host.VirtualHost;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.Viewers;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A virtual PC inside the compute: a host of the netstack and a shell. It has no thread of its own,
 * and ends with the server; what was set is kept, so that the next server has it again.
 */
final class EmbeddedPc implements RunningPc {
  static final String SCRIPT = "script";

  private static final long FIRST_MAC = 0x005079666800L;
  private static final Runnable NOTHING = () -> {};

  /** Less than of other consoles: there may be thousands of PCs. */
  private static final int KEPT = 8 * 1024;

  private final VirtualHost host;
  private final PcConsole console;
  private final Viewers viewers;
  private final Optional<String> settings;
  private final String commandLine;
  private final AtomicReference<Runnable> exit = new AtomicReference<>(NOTHING);
  private volatile Runnable change = NOTHING;
  private volatile String script = "";

  /**
   * @param directory where its files are
   * @param macOffset what is added to the first MAC address
   * @param settings commands to run in place of the startup script, if it ran before
   */
  EmbeddedPc(ResourceAdapter adapter, Path directory, int macOffset, Optional<String> settings) {
    this.settings = settings;
    host = new VirtualHost(FIRST_MAC + macOffset, adapter.netstack().hostScheduler());
    viewers = new Viewers(this::type, KEPT);
    console = new PcConsole(host, directory, new Events());
    commandLine = "vpcs (embedded) -i 1 -m " + macOffset + " " + VpcsNode.STARTUP_FILE;
  }

  private final class Events implements PcConsole.Owner {
    @Override
    public void show(String text) {
      viewers.show(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void disconnect() {
      viewers.drop();
    }

    @Override
    public void quit() {
      exit.getAndSet(NOTHING).run();
    }

    @Override
    public void done(String newScript) {
      if (!newScript.equals(script)) {
        script = newScript;
        change.run();
      }
    }
  }

  private void type(byte[] keys) {
    console.type(keys);
  }

  @Override
  public void begin() {
    if (settings.isPresent()) {
      script = settings.get();
      console.restore(settings.get());
    } else {
      console.begin(VpcsNode.STARTUP_FILE);
    }
  }

  @Override
  public String commandLine() {
    return commandLine;
  }

  @Override
  public LinkEnd link() {
    return host.port();
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return viewers.join(viewer, console.currentLine().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void recordTo(Consumer<byte[]> recorder) {
    viewers.recordTo(recorder);
  }

  @Override
  public void dropViewers() {
    viewers.drop();
  }

  @Override
  public void onExit(Runnable action) {
    exit.set(action);
  }

  @Override
  public void onChange(Runnable action) {
    change = action;
  }

  @Override
  public Optional<JsonObject> state() {
    return Optional.of(Json.createObjectBuilder().add(SCRIPT, script).build());
  }

  @Override
  public void release() {
    close();
  }

  @Override
  public void close() {
    exit.set(NOTHING);
    change = NOTHING;
    console.close();
    host.close();
    viewers.close();
  }
}
