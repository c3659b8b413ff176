using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenClaw.AppHost.Deployment;

namespace OpenClaw.AppHost.Services;

/// <summary>What shapes the app model, from the section <c>Parameters</c>: user secrets, <c>Parameters__cores=2</c>, or <c>-- --Parameters:cores=2</c>.</summary>
internal sealed record AppHostSettings
{
    private const int MaxCores = 32;

    /// <summary><c>cores</c>: how many cores run, 1 to 32.</summary>
    public int Cores { get; private init; } = 1;

    /// <summary><c>port</c>: the public port, 1 to 65535.</summary>
    public int Port { get; private init; } = 18789;

    /// <summary><c>state</c>: where configuration, sessions and the data of a Redis of this machine are, absolute. The profile <c>aspire</c> of the command line has it.</summary>
    public required string StateDirectory { get; init; }

    /// <summary><c>redis</c>: <c>container</c>, or <c>program</c> of this machine; null takes the container where an engine runs.</summary>
    public string? Redis { get; private init; }

    /// <summary><c>deployment</c>: what <c>aspire publish</c> writes, <c>compose</c> or <c>kubernetes</c>.</summary>
    public DeploymentTarget Deployment { get; private init; } = DeploymentTarget.Compose;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="DistributedApplicationException">Some are wrong; the message names each with its value and what is allowed.</exception>
    public static AppHostSettings From(IConfiguration configuration)
    {
        var wrong = new List<string>();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var settings = new AppHostSettings
        {
            Cores = Number(configuration, "cores", 1, MaxCores, wrong) ?? 1,
            Port = Number(configuration, "port", 1, ushort.MaxValue, wrong) ?? 18789,
            StateDirectory = Path.GetFullPath(Text(configuration, "state") ?? ".openclaw-aspire", home),
            Redis = Word(configuration, "redis", ["container", "program"], wrong),
            Deployment = Word(configuration, "deployment", ["compose", "kubernetes"], wrong) is "kubernetes" ? DeploymentTarget.Kubernetes : DeploymentTarget.Compose,
        };
        return wrong.Count == 0 ? settings : throw new DistributedApplicationException(string.Join(' ', wrong));
    }

    private static int? Number(IConfiguration configuration, string name, int from, int to, List<string> wrong)
    {
        var text = Text(configuration, name);
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
            return number;
        wrong.Add($"Parameters:{name} is '{text}'; allowed are {from} to {to}.");
        return null;
    }

    private static string? Word(IConfiguration configuration, string name, string[] allowed, List<string> wrong)
    {
        var text = Text(configuration, name);
        if (text is not null && !allowed.Contains(text))
            wrong.Add($"Parameters:{name} is '{text}'; allowed are {string.Join(" and ", allowed)}.");
        return text;
    }

    private static string? Text(IConfiguration configuration, string name) =>
        configuration[$"Parameters:{name}"]?.Trim() is { Length: > 0 } text ? text : null;
}
