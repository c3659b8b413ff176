using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services;

/// <summary>What the service of an instance is called. Each profile has names of its own, so that a rescue gateway lives beside the main one.</summary>
/// <param name="Unit">systemd, without <c>.service</c>.</param>
/// <param name="Label">launchd.</param>
/// <param name="Task">Windows.</param>
internal sealed record ServiceNames(string Unit, string Label, string Task)
{
    private const string UnitPrefix = "openclaw-gateway";
    private const string LabelPrefix = "bot.molt.";
    private const string DefaultTask = "OpenClaw Gateway";

    /// <summary>The names that <c>install</c> gives.</summary>
    public static ServiceNames Of(string? profile) =>
        string.IsNullOrEmpty(profile) || string.Equals(profile, "default", StringComparison.OrdinalIgnoreCase)
            ? new ServiceNames(UnitPrefix, LabelPrefix + "gateway", DefaultTask)
            : new ServiceNames($"{UnitPrefix}-{profile}", LabelPrefix + profile, $"{DefaultTask} ({profile})");

    /// <summary>The names to look for: a user who gave the service another name says so in a variable.</summary>
    public static ServiceNames Of(GatewayEnvironment environment)
    {
        var derived = Of(environment.Profile);
        var unit = environment.Get("OPENCLAW_SYSTEMD_UNIT");
        if (unit?.EndsWith(".service", StringComparison.Ordinal) == true)
            unit = unit[..^".service".Length];
        return new ServiceNames(
            Chosen(unit, derived.Unit, UnitPrefix),
            Chosen(environment.Get("OPENCLAW_LAUNCHD_LABEL"), derived.Label, LabelPrefix),
            environment.Get("OPENCLAW_WINDOWS_TASK_NAME") is { } task && !task.StartsWith(DefaultTask, StringComparison.Ordinal) ? task : derived.Task);
    }

    /// <summary>Labels under which earlier versions of the product ran the gateway of the same profile; two would fight for one port.</summary>
    public static IReadOnlyList<string> FormerLabels(string? profile)
    {
        var name = Of(profile).Label[LabelPrefix.Length..];
        return ["ai.openclaw." + name, "com.openclaw." + name];
    }

    /// <summary>
    /// The variable is in the environment of the service itself too, and so in that of every shell of its agent: there it names the service of the
    /// profile that runs the shell, which must not win over a profile on the command line.
    /// </summary>
    private static string Chosen(string? chosen, string derived, string ownPrefix) =>
        chosen is not null && IsName(chosen) && !chosen.StartsWith(ownPrefix, StringComparison.Ordinal) ? chosen : derived;

    /// <summary>What may stand in the names of units and labels, and never leaves a directory.</summary>
    private static bool IsName(string name) =>
        name.Length <= 200 && name[0] is not ('.' or '-') && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_' or '.' or '@');
}
