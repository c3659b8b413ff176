using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenClaw.Testing;
using YamlDotNet.Serialization;

namespace OpenClaw.Architecture.Tests.Deployment;

/// <summary>The committed Compose file is one that can be deployed as it stands, checked without a container engine.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "deploy", "compose");
    private static readonly string Text = File.ReadAllText(Path.Combine(Folder, "docker-compose.yaml"));
    private static readonly Dictionary<string, object?> Compose = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(Text);

    public static TheoryData<string> Services => [.. Map(Compose, "services").Keys];

    [Fact]
    public void Services_AreThoseOfTheGateway() => Assert.Equal(["core", "edge", "redis", "telegram"], Map(Compose, "services").Keys.Order());

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_HasOnlyKeysOfTheSpecification(string name)
    {
        string[] known =
        [
            "image", "command", "entrypoint", "environment", "expose", "ports", "volumes", "depends_on", "user", "networks", "restart", "deploy",
            "healthcheck", "cap_drop", "security_opt", "tmpfs", "read_only", "stop_grace_period",
        ];

        Assert.Empty(Service(name).Keys.Except(known));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_IsWatchedAndRestarted_AndRunsWithoutPrivileges(string name)
    {
        var service = Service(name);

        Assert.NotEmpty(List(Map(service, "healthcheck"), "test"));
        Assert.Equal("unless-stopped", service["restart"]);
        Assert.NotEqual("0", ((string)service["user"]!).Split(':')[0]);
        Assert.Matches("^[0-9]+(:[0-9]+)?$", (string)service["user"]!);
        Assert.Equal(["ALL"], List(service, "cap_drop"));
        Assert.Contains("no-new-privileges:true", List(service, "security_opt"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_WaitsForServicesThatAreThere_UntilTheyAreHealthy(string name)
    {
        var dependencies = Service(name).GetValueOrDefault("depends_on") is null ? [] : Map(Service(name), "depends_on");

        Assert.Empty(dependencies.Keys.Except(Map(Compose, "services").Keys));
        Assert.All(dependencies, dependency => Assert.Equal("service_healthy", ((Dictionary<object, object?>)dependency.Value!)["condition"]));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_UsesNetworksAndVolumesThatAreDeclared_AndNothingOfTheHost(string name)
    {
        var service = Service(name);
        var volumes = service.GetValueOrDefault("volumes") is List<object> mounts ? mounts.Cast<Dictionary<object, object?>>().ToList() : [];

        Assert.Empty(List(service, "networks").Except(Map(Compose, "networks").Keys));
        Assert.All(volumes, volume => Assert.Equal("volume", volume["type"]));
        Assert.Empty(volumes.Select(volume => (string)volume["source"]!).Except(Map(Compose, "volumes").Keys));
    }

    [Fact]
    public void OnlyTheEdge_IsReachableFromOutside() =>
        Assert.Equal(["edge"], Map(Compose, "services").Keys.Where(name => Service(name).ContainsKey("ports")));

    [Fact]
    public void Variables_AreAllExplained_AndSecretsAreRequired()
    {
        var used = Variable().Matches(Text).Select(match => (Name: match.Groups["name"].Value, Default: match.Groups["rest"].Value)).ToList();
        var explained = File.ReadAllLines(Path.Combine(Folder, "env.example")).Where(line => line.Contains('=', StringComparison.Ordinal)).ToList();

        Assert.Equal(explained.Select(line => line.Split('=')[0]).Order(), used.Select(variable => variable.Name).Distinct().Order());
        Assert.All(used.Where(variable => variable.Name is "GATEWAY_TOKEN" or "SERVICE_SECRET" or "REDIS_PASSWORD"), variable => Assert.StartsWith(":?", variable.Default, StringComparison.Ordinal));
        Assert.All(explained, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_AreNowhereInTheFile() =>
        Assert.All(Map(Compose, "services").Keys, name =>
        {
            if (Service(name).GetValueOrDefault("environment") is Dictionary<object, object?> environment)
                Assert.All(environment.Where(variable => SecretName().IsMatch((string)variable.Key)), variable => Assert.Matches(@"^\$\{\w+(:\?[^}]*)?\}$", (string)variable.Value!));
        });

    /// <summary>Where the real reader is installed, it is asked too.</summary>
    [Fact]
    public async Task DockerCompose_AcceptsIt_WhereItIsInstalled()
    {
        var start = new ProcessStartInfo("docker", ["compose", "-f", Path.Combine(Folder, "docker-compose.yaml"), "config", "--quiet"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var name in (string[])["GATEWAY_TOKEN", "SERVICE_SECRET", "REDIS_PASSWORD"])
            start.Environment[name] = "given";
        if (await RunAsync(new ProcessStartInfo("docker", ["compose", "version"]) { RedirectStandardError = true, RedirectStandardOutput = true }) is not (0, _))
            return;

        var (code, error) = await RunAsync(start);

        Assert.True(code == 0, error);
    }

    private static async Task<(int Code, string Error)> RunAsync(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync().WithTimeout();
            await process.WaitForExitAsync().WithTimeout();
            return (process.ExitCode, await error);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }

    private static Dictionary<string, object?> Service(string name) => Map(Map(Compose, "services"), name);

    private static Dictionary<string, object?> Map(Dictionary<string, object?> parent, string key) =>
        ((Dictionary<object, object?>)parent[key]!).ToDictionary(static pair => (string)pair.Key, static pair => pair.Value);

    private static List<string> List(Dictionary<string, object?> parent, string key) => ((List<object>)parent[key]!).ConvertAll(static item => (string)item);

    // Not those of the container itself, which are written $$NAME.
    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(?<rest>[^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("TOKEN|SECRET|PASSWORD|KEY")]
    private static partial Regex SecretName();
}
