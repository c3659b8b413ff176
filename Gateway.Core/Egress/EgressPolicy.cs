using System.Net;

namespace OpenClaw.Gateway.Core.Egress;

/// <summary>Where the gateway goes for somebody else.</summary>
internal sealed class EgressPolicy
{
    private static readonly string[] InsideNames = ["localhost", "metadata.google.internal"];

    private static readonly string[] InsideSuffixes = [".localhost", ".local", ".internal", ".home.arpa"];

    /// <summary>Whether an address may be connected to.</summary>
    public Func<IPAddress, bool> AllowsAddress { get; init; } = PublicAddress.Is;

    /// <summary>Whether a name may be looked up at all.</summary>
    public Func<string, bool> AllowsHost { get; init; } = static host =>
    {
        var name = host.TrimEnd('.');
        return !InsideNames.Contains(name, StringComparer.OrdinalIgnoreCase) && !InsideSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    };
}
