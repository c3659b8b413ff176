using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>What an audit looks at.</summary>
/// <param name="Snapshot">A valid configuration.</param>
/// <param name="Environment">The instance.</param>
internal sealed record AuditSubject(ConfigSnapshot Snapshot, GatewayEnvironment Environment)
{
    public string Show(string path) => Environment.Display(path);
}

/// <summary>
/// What of the configuration and the files lets in, or shows, more than is good. Ids and severities are the peer's, so that what reads
/// its reports reads these.
/// </summary>
internal static class SecurityAudit
{
    /// <summary>Nearly every gateway has this one: it is a question to a person, and nothing that is wrong.</summary>
    public const string TrustedProxiesMissing = "gateway.trusted_proxies_missing";

    private static readonly Func<AuditSubject, IEnumerable<Finding>>[] Areas =
        [AttackSurface.Summarize, GatewayExposure.Look, HookSettings.Look, ElevatedTools.Look, ChannelPolicies.Look, FilePermissions.Look];

    /// <summary>Everything that was found, the worst first.</summary>
    public static IReadOnlyList<Finding> Run(AuditSubject subject) =>
        [.. Areas.SelectMany(area => area(subject)).OrderByDescending(static finding => finding.Severity)];
}
