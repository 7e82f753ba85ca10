package io.patchbay.controller.limit;

import io.patchbay.controller.access.Grants;
import io.patchbay.controller.access.Members;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKind.Trait;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Who uses the server, how much each has, and how much each may have. */
@Singleton
public class UserUse {
  private static final int MIB = 20;

  private final Owners owners;
  private final Sharing sharing;
  private final Members members;
  private final DiskQuota quota;
  private final DiskUse disk;

  @Inject
  public UserUse(Owners owners, Sharing sharing, Members members, DiskQuota quota, DiskUse disk) {
    this.quota = quota;
    this.disk = disk;
    this.owners = owners;
    this.sharing = sharing;
    this.members = members;
  }

  /** What somebody has. */
  private static final class Use {
    private final Map<Quota, Long> amounts = new EnumMap<>(Quota.class);
    private int shares;

    void add(Quota quota, long amount) {
      amounts.merge(quota, amount, Long::sum);
    }
  }

  /** Users by name: who ever called, and who owns or shares a project. */
  JsonArray list() {
    Map<String, Members.Seen> seen = members.seen();
    Map<String, Use> users = new TreeMap<>();
    seen.keySet().forEach(name -> users.put(name, new Use()));
    for (Project project : owners.projects()) {
      Grants grants = sharing.of(project.id());
      grants.owner().ifPresent(owner -> count(users, owner, project));
      grants.users().keySet().forEach(name -> user(users, name).shares++);
    }
    JsonArrayBuilder all = Json.createArrayBuilder();
    users.forEach((name, use) -> all.add(describe(name, use, Optional.ofNullable(seen.get(name)))));
    return all.build();
  }

  /** One of them, here or not. */
  JsonObject of(String name) {
    Map<String, Use> users = new TreeMap<>();
    Use use = user(users, name);
    for (Project project : owners.projects()) {
      Grants grants = sharing.of(project.id());
      if (grants.owner().filter(name::equals).isPresent()) {
        count(users, name, project);
      }
      use.shares += grants.users().containsKey(name) ? 1 : 0;
    }
    return describe(name, use, Optional.ofNullable(members.seen().get(name))).build();
  }

  private static Use user(Map<String, Use> users, String name) {
    return users.computeIfAbsent(name, unseen -> new Use());
  }

  private void count(Map<String, Use> users, String owner, Project project) {
    Use use = user(users, owner);
    use.add(Quota.PROJECTS, 1);
    use.add(Quota.DISK, disk.about(project));
    for (Node node : project.nodes()) {
      if (!node.isStopped() && !node.has(Trait.ALWAYS_ON)) {
        for (Quota quota : Quota.values()) {
          use.add(quota, Quotas.need(quota, node));
        }
      }
    }
  }

  private JsonValue notice(String name) {
    return quota.notice(name).<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
  }

  private JsonObjectBuilder describe(String name, Use use, Optional<Members.Seen> seen) {
    JsonArrayBuilder groups = Json.createArrayBuilder();
    seen.map(Members.Seen::groups).orElse(Set.of()).stream().sorted().forEach(groups::add);
    JsonObjectBuilder amounts = Json.createObjectBuilder();
    for (Quota quota : Quota.values()) {
      OptionalInt limit = owners.limit(quota, name);
      amounts.add(
          quota.wireName().replace('-', '_'),
          Json.createObjectBuilder()
              .add("used", use.amounts.getOrDefault(quota, 0L) >> (quota == Quota.DISK ? MIB : 0))
              .add(
                  "limit",
                  limit.isPresent() ? Json.createValue(limit.getAsInt()) : JsonValue.NULL));
    }
    return Json.createObjectBuilder()
        .add("name", name)
        .add(
            "role",
            seen.<JsonValue>map(user -> Json.createValue(user.role().wireName()))
                .orElse(JsonValue.NULL))
        .add("groups", groups)
        .add("shared_projects", use.shares)
        .add("use", amounts)
        .add("notice", notice(name));
  }
}
