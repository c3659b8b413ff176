using System.Xml.Linq;
using OpenClaw.Testing;

namespace OpenClaw.Architecture.Tests;

/// <summary>Who may reference whom. A module never references another module, and nobody but the command line references Core.</summary>
public sealed class ReferenceTableTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Gateway.Protocol"] = [],
        ["Gateway.Bus"] = [],
        ["ServiceDefaults"] = [],
        ["Gateway.Client"] = ["Gateway.Protocol"],
        ["Channels.Abstractions"] = ["Gateway.Protocol", "Gateway.Bus"],
        ["Gateway.Core"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions"],
        ["Gateway.Edge"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions", "Gateway.Client"],
        ["Channels.Telegram"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions", "Gateway.Client"],
        ["Channels.WhatsApp"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions", "Gateway.Client"],
        ["Canvas.Host"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions", "Gateway.Client"],
        ["Browser.Control"] = ["Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Channels.Abstractions", "Gateway.Client"],
        // As programs that it starts, not as libraries.
        ["AppHost"] = ["Gateway.Core", "Gateway.Edge", "Channels.Telegram", "Channels.WhatsApp", "Canvas.Host", "Browser.Control"],
        ["Cli"] =
        [
            "Gateway.Protocol", "Gateway.Bus", "ServiceDefaults", "Gateway.Client", "Channels.Abstractions", "Gateway.Core", "Gateway.Edge",
            "Channels.Telegram", "Channels.WhatsApp", "Canvas.Host", "Browser.Control",
        ],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatTheTableAllows(string project)
    {
        var file = XDocument.Load(Path.Combine(RepositoryRoot.Path, project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void EveryProductProject_IsInTheTable()
    {
        var projects = Directory.EnumerateFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) && !path.StartsWith("bench/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal) && !path.StartsWith("artifacts/", StringComparison.Ordinal) && !path.StartsWith("eng/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }
}
