using System.Collections.Frozen;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>Which commands a node of a platform may be asked for, by the configuration in force.</summary>
internal sealed class NodeCommandPolicy(ConfigStore configuration)
{
    private static readonly string[] Canvas =
    [
        "canvas.present", "canvas.hide", "canvas.navigate", "canvas.eval", "canvas.snapshot",
        "canvas.a2ui.push", "canvas.a2ui.pushJSONL", "canvas.a2ui.reset",
    ];

    private static readonly string[] System =
        ["system.run", "system.which", "system.notify", "system.execApprovals.get", "system.execApprovals.set", "browser.proxy"];

    private static readonly string[] Mobile =
    [
        .. Canvas, "camera.list", "location.get", "device.info", "device.status", "contacts.search", "calendar.events", "reminders.list",
        "photos.latest", "motion.activity", "motion.pedometer",
    ];

    private static readonly FrozenDictionary<NodePlatform, string[]> ByPlatform = new Dictionary<NodePlatform, string[]>
    {
        [NodePlatform.Ios] = [.. Mobile, "system.notify"],
        [NodePlatform.Android] = Mobile,
        [NodePlatform.MacOs] = [.. Mobile, .. System],
        [NodePlatform.Windows] = System,
        [NodePlatform.Linux] = System,
        [NodePlatform.Unknown] = [.. Canvas, "camera.list", "location.get", .. System],
    }.ToFrozenDictionary();

    /// <summary>The allowed ones of a node's commands, sorted.</summary>
    public IReadOnlyList<string> AllowedOf(NodeCard node)
    {
        var allowed = AllowedFor(node.Client);
        return [.. node.Declared.Where(allowed.Contains)];
    }

    /// <summary>Why a node may not be asked for a command; null when it may.</summary>
    public string? RefusalOf(NodeCard node, string command) =>
        !AllowedFor(node.Client).Contains(command) ? "command not allowlisted"
        : node.Declared.Count == 0 ? "node did not declare commands"
        : node.Declared.Contains(command, StringComparer.Ordinal) ? null
        : "command not declared by node";

    private HashSet<string> AllowedFor(ConnectClient client)
    {
        var options = configuration.Current.Gateway.Nodes;
        var allowed = ByPlatform[PlatformOf(client)].Concat(Trimmed(options.AllowCommands)).ToHashSet(StringComparer.Ordinal);
        allowed.ExceptWith(Trimmed(options.DenyCommands));
        return allowed;
    }

    private static IEnumerable<string> Trimmed(IEnumerable<string> commands) => commands.Select(static command => command.Trim()).Where(static command => command.Length > 0);

    private static NodePlatform PlatformOf(ConnectClient client)
    {
        var platform = client.Platform.Trim().ToLowerInvariant();
        var family = client.DeviceFamily?.Trim().ToLowerInvariant() ?? "";
        return platform.StartsWith("ios", StringComparison.Ordinal) ? NodePlatform.Ios
            : platform.StartsWith("android", StringComparison.Ordinal) ? NodePlatform.Android
            : platform.StartsWith("mac", StringComparison.Ordinal) || platform.StartsWith("darwin", StringComparison.Ordinal) ? NodePlatform.MacOs
            : platform.StartsWith("win", StringComparison.Ordinal) ? NodePlatform.Windows
            : platform.StartsWith("linux", StringComparison.Ordinal) ? NodePlatform.Linux
            : family.Contains("iphone", StringComparison.Ordinal) || family.Contains("ipad", StringComparison.Ordinal) || family.Contains("ios", StringComparison.Ordinal) ? NodePlatform.Ios
            : family.Contains("android", StringComparison.Ordinal) ? NodePlatform.Android
            : family.Contains("mac", StringComparison.Ordinal) ? NodePlatform.MacOs
            : family.Contains("windows", StringComparison.Ordinal) ? NodePlatform.Windows
            : family.Contains("linux", StringComparison.Ordinal) ? NodePlatform.Linux
            : NodePlatform.Unknown;
    }

    private enum NodePlatform
    {
        Unknown,
        Ios,
        Android,
        MacOs,
        Windows,
        Linux,
    }
}
