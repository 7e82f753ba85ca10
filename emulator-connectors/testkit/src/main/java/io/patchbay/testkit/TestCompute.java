package io.patchbay.testkit;

import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.runtime.IouConfig;
import io.patchbay.runtime.QemuConfig;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.RuntimeConfig;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.NodeSite;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * As much of a compute as a connector needs, with its files in a directory of the test.
 *
 * @param events what its nodes tell
 */
public record TestCompute(ResourceAdapter adapter, Path directory, RecordedEvents events)
    implements AutoCloseable {
  /** Ranges that neither a server's defaults nor the system's own ports overlap. */
  private static final Ports ROOMY = new Ports(25000, 25999, 26000, 27999);

  private static final UUID PROJECT = UUID.fromString("0c2dd1a6-8c3e-4f0e-9b1a-5f4d7c6e2b10");

  /** Console ports and UDP ports, both ends included. */
  public record Ports(int firstConsole, int lastConsole, int firstUdp, int lastUdp) {
    /** The same with as many console ports as are wanted. */
    public Ports consoles(int count) {
      return new Ports(firstConsole, firstConsole + count - 1, firstUdp, lastUdp);
    }

    /** The same with as many UDP ports as are wanted. */
    public Ports udp(int count) {
      return new Ports(firstConsole, lastConsole, firstUdp, firstUdp + count - 1);
    }
  }

  public static Ports roomy() {
    return ROOMY;
  }

  /**
   * @param directory exists
   */
  public static TestCompute open(Path directory, Ports ports) {
    return open(directory, ports, "dynamips");
  }

  /**
   * @param dynamips the program that is taken for Dynamips
   */
  public static TestCompute open(Path directory, Ports ports, String dynamips) {
    return open(directory, ports, new DynamipsConfig(dynamips, true, false, 0));
  }

  /**
   * @param dynamips how routers are run
   */
  public static TestCompute open(Path directory, Ports ports, DynamipsConfig dynamips) {
    RuntimeConfig config =
        new RuntimeConfig(
            InetAddress.getLoopbackAddress(),
            ports.firstConsole(),
            ports.lastConsole(),
            ports.firstUdp(),
            ports.lastUdp(),
            "auto",
            1,
            "process",
            "vpcs",
            directory.resolve("run"),
            directory.resolve("images"),
            false,
            1 << 20,
            new QemuConfig("auto", false, Duration.ofSeconds(30)),
            dynamips,
            new IouConfig(Optional.empty(), true),
            "traceng",
            new VirtualBoxConfig("", Duration.ofSeconds(30)),
            new VmwareConfig("", "auto", 2, 255, false, Duration.ofSeconds(30)));
    return new TestCompute(new ResourceAdapter(config), directory, new RecordedEvents());
  }

  /** A place for a new node. */
  public NodeSite site(String name) {
    return site(UUID.randomUUID(), name);
  }

  public NodeSite site(UUID id, String name) {
    return new NodeSite(PROJECT, id, name, directory, events);
  }

  @Override
  public void close() {
    adapter.close();
  }
}
