package io.patchbay.server.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of this server, from MicroProfile Config. Reading them for the first time refuses
 * unknown keys under our prefix and values that cannot be read, so a typing error never goes
 * unnoticed.
 */
@ApplicationScoped
public class Settings {
  private final Config config;

  public Settings() {
    this(ConfigProvider.getConfig());
  }

  Settings(Config config) {
    this.config = config;
    Set<String> unknown = KnownKeys.unknown(config.getPropertyNames(), System.getenv().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "Unknown Patchbay settings: "
              + String.join(", ", unknown)
              + ". docs/configuration.md lists the known ones.");
    }
  }

  /**
   * Has them read by the thread that starts the application. A server may find its own
   * configuration instead when the first to ask is another thread, such as that of a health probe.
   */
  void start(
      @Observes
          @Priority(Interceptor.Priority.PLATFORM_BEFORE)
          @Initialized(ApplicationScoped.class)
          Object event) {}

  /** Where projects live, each in a directory named by its id. */
  public Path projects() {
    return path("patchbay.projects.path");
  }

  public Path images() {
    return path("patchbay.images.path");
  }

  public Path configs() {
    return path("patchbay.configs.path");
  }

  public Path symbols() {
    return path("patchbay.symbols.path");
  }

  /** Of a picture that is uploaded, in bytes. */
  public int symbolMaxBytes() {
    return config.getValue("patchbay.symbols.max-bytes", Integer.class);
  }

  public Path appliances() {
    return path("patchbay.appliances.path");
  }

  /** Where it is kept whose the projects are. */
  public Path access() {
    return path("patchbay.access.path");
  }

  /** Where the server writes down what runs, to take it up again after a kill. */
  public Path run() {
    return path("patchbay.run.path");
  }

  /** Whether what runs goes on when the server is stopped in an orderly way. */
  public boolean keepOnStop() {
    return config.getValue("patchbay.compute.keep-on-stop", Boolean.class);
  }

  /** The address that the server listens on. */
  public String httpHost() {
    return config.getValue("patchbay.http.host", String.class);
  }

  public int httpPort() {
    return config.getValue("patchbay.http.port", Integer.class);
  }

  /** The address that the server listens on for HTTPS; empty where it does not. */
  public Optional<String> httpsHost() {
    return config
        .getOptionalValue("patchbay.https.port", Integer.class)
        .map(port -> config.getValue("patchbay.https.host", String.class));
  }

  /** Bytes of a body that is put into a file, at most; 0 for any number. */
  public long uploadMaxBytes() {
    return config.getValue("patchbay.http.upload-max-bytes", Long.class);
  }

  /** Requests of one user that may be under way at once; 0 for any number. */
  public int requestsPerUser() {
    return config.getValue("patchbay.http.requests-per-user", Integer.class);
  }

  /** Whether clients may name paths of this machine and stop the server. */
  public boolean local() {
    return config.getValue("patchbay.local", Boolean.class);
  }

  public List<String> corsOrigins() {
    return config.getValues("patchbay.cors.origins", String.class);
  }

  /** What users see as the name of the local compute. */
  public String computeName() {
    return config.getValue("patchbay.compute.name", String.class);
  }

  /** The address that consoles listen on. */
  public String consoleHost() {
    return config.getValue("patchbay.compute.console-host", String.class);
  }

  /** How long a compute may say nothing before it counts as away. */
  public Duration computeSilence() {
    return Duration.ofSeconds(config.getValue("patchbay.computes.silence", Integer.class));
  }

  public PortRange consolePorts() {
    return config.getValue("patchbay.compute.console-ports", PortRange.class);
  }

  public PortRange udpPorts() {
    return config.getValue("patchbay.compute.udp-ports", PortRange.class);
  }

  /** How large the log of a console gets before another is begun; 0 for no logs. */
  public int consoleLogBytes() {
    return config.getValue("patchbay.compute.console-log-bytes", Integer.class);
  }

  /** {@code auto}, {@code linux} or {@code portable}. */
  public String netstackIo() {
    return config.getValue("patchbay.netstack.io", String.class);
  }

  /** Event-loop threads for all links; 0 lets the netstack choose. */
  public int netstackThreads() {
    return config.getValue("patchbay.netstack.threads", Integer.class);
  }

  /** What virtual PCs run in: {@code embedded} or {@code process}. */
  public String vpcsEngine() {
    String engine = config.getValue("patchbay.vpcs.engine", String.class);
    if (!engine.equals("auto")) {
      return engine;
    }
    // Somebody who names a program wants it to be used.
    return configuredVpcs().isPresent() ? "process" : "embedded";
  }

  /** The {@code vpcs} program: a path, or a name that is looked up on the {@code PATH}. */
  public String vpcsPath() {
    return configuredVpcs().orElse("vpcs");
  }

  private Optional<String> configuredVpcs() {
    return config.getOptionalValue("patchbay.vpcs.path", String.class);
  }

  /** {@code auto}, {@code kvm} or {@code tcg}. */
  public String qemuAcceleration() {
    return config.getValue("patchbay.qemu.acceleration", String.class);
  }

  /** Whether users of a server that is not local may add every option of QEMU's. */
  public boolean qemuUnsafeOptions() {
    return config.getValue("patchbay.qemu.unsafe-options", Boolean.class);
  }

  /** How long a guest may take to shut down before its power is cut. */
  public Duration qemuShutdownPatience() {
    return Duration.ofSeconds(config.getValue("patchbay.qemu.shutdown-timeout", Integer.class));
  }

  /** The {@code dynamips} program: a path, or a name that is looked up on the {@code PATH}. */
  public String dynamipsPath() {
    return config.getValue("patchbay.dynamips.path", String.class);
  }

  /** Whether routers with the same image share the memory that it takes. */
  public boolean dynamipsGhostIos() {
    return config.getValue("patchbay.dynamips.ghost-ios", Boolean.class);
  }

  /** Whether routers of a project with the same image run in one process. */
  public boolean dynamipsSharesHypervisors() {
    String which = config.getValue("patchbay.dynamips.hypervisors", String.class);
    if (!Set.of("router", "image").contains(which)) {
      throw new IllegalStateException(
          "patchbay.dynamips.hypervisors: '" + which + "' is neither router nor image");
    }
    return which.equals("image");
  }

  /** Memory of the routers in such a process, at most. */
  public int dynamipsHypervisorMegabytes() {
    return config.getValue("patchbay.dynamips.hypervisor-memory", Integer.class);
  }

  /** A licence file of IOU (iourc) that counts before all others. */
  public Optional<Path> iouLicence() {
    return config.getOptionalValue("patchbay.iou.iourc", String.class).map(Path::of);
  }

  /** Whether IOU nodes need a licence, where the controller does not say that they need none. */
  public boolean iouChecksLicence() {
    return config.getValue("patchbay.iou.license-check", Boolean.class);
  }

  /** The {@code traceng} program: a path, or a name that is looked up on the {@code PATH}. */
  public String traceNgPath() {
    return config.getValue("patchbay.traceng.path", String.class);
  }

  /** The {@code VBoxManage} program, a path or a name on the {@code PATH}; empty to look for it. */
  public String virtualBoxPath() {
    return config.getOptionalValue("patchbay.virtualbox.path", String.class).orElse("");
  }

  /** How long a guest of VirtualBox may take to shut down before its power is cut. */
  public Duration virtualBoxShutdownPatience() {
    return Duration.ofSeconds(
        config.getValue("patchbay.virtualbox.shutdown-timeout", Integer.class));
  }

  /** The {@code vmrun} program, a path or a name on the {@code PATH}; empty to look for it. */
  public String vmwarePath() {
    return config.getOptionalValue("patchbay.vmware.path", String.class).orElse("");
  }

  /** {@code auto}, {@code ws}, {@code player} or {@code fusion}. */
  public String vmwareHostType() {
    String type = config.getValue("patchbay.vmware.host-type", String.class);
    if (!Set.of("auto", "ws", "player", "fusion").contains(type)) {
      throw new IllegalStateException(
          "patchbay.vmware.host-type: '" + type + "' is none of auto, ws, player and fusion");
    }
    return type;
  }

  /** Numbers of VMware's virtual networks that nodes may have. */
  public PortRange vmwareNetworks() {
    return config.getValue("patchbay.vmware.vmnets", PortRange.class);
  }

  /** Whether what the host sends to these networks is kept from links. */
  public boolean vmwareBlocksHostTraffic() {
    return config.getValue("patchbay.vmware.block-host-traffic", Boolean.class);
  }

  /** How long a guest of VMware's may take to shut down before its power is cut. */
  public Duration vmwareShutdownPatience() {
    return Duration.ofSeconds(config.getValue("patchbay.vmware.shutdown-timeout", Integer.class));
  }

  /** Who may use the server. */
  public AuthSettings auth() {
    return AuthSettings.of(config);
  }

  /** Which of them may do what. */
  public RoleSettings roles() {
    return RoleSettings.of(config);
  }

  /** How much users may have. */
  public QuotaSettings quotas() {
    return QuotaSettings.of(config);
  }

  /** How long nobody may use a project before its nodes are stopped; zero for ever. */
  public Duration idleStop() {
    return minutes("patchbay.projects.idle-stop");
  }

  /** How long before that its users are told. */
  public Duration idleNotice() {
    return minutes("patchbay.projects.idle-notice");
  }

  private Duration minutes(String key) {
    return Duration.ofSeconds(Math.round(config.getValue(key, Double.class) * 60));
  }

  /** Where it is noted who did what. */
  public AuditSettings audit() {
    return AuditSettings.of(config);
  }

  /**
   * Whether a compute lets administrators ask it as it lets its controller; as where there is one
   * user for everything, unless it is configured.
   */
  public boolean computeUsers() {
    return config
        .getOptionalValue("patchbay.compute.users", Boolean.class)
        .orElseGet(() -> auth().chain().equals(List.of("user")));
  }

  /** What controllers show to the compute; empty for one that is made. */
  public Optional<String> computeSecret() {
    return config.getOptionalValue("patchbay.compute.secret", String.class);
  }

  /** How the directory is asked, where there is one. */
  public LdapSettings ldap() {
    return LdapSettings.of(config);
  }

  private Path path(String key) {
    return Path.of(config.getValue(key, String.class)).toAbsolutePath().normalize();
  }
}
