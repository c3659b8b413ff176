using OpenClaw.Testing;
using YamlDotNet.RepresentationModel;

namespace OpenClaw.Architecture.Tests.Deployment;

/// <summary>The committed Helm chart: its templates hold expressions only inside texts, so that they can be read as YAML.</summary>
public sealed class KubernetesChartTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "deploy", "kubernetes");

    public static TheoryData<string> Workloads =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "templates"), "*.yaml", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) is "deployment.yaml" or "statefulset.yaml")
            .Select(static file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Workloads_AreThoseOfTheGateway() => Assert.Equal(4, ((IEnumerable<object[]>)Workloads).Count());

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Pod_RunsWithoutPrivileges_AndIsProbed(string file)
    {
        var pod = Read(file)["spec"]["template"]["spec"];
        var container = pod["containers"][0];

        Assert.Equal("true", Value(pod["securityContext"]["runAsNonRoot"]));
        Assert.NotEqual("0", Value(pod["securityContext"]["runAsUser"]));
        Assert.Equal("false", Value(container["securityContext"]["allowPrivilegeEscalation"]));
        Assert.Equal("ALL", Value(container["securityContext"]["capabilities"]["drop"][0]));
        Assert.All((string[])["readinessProbe", "livenessProbe"], probe =>
        {
            var node = (YamlMappingNode)container[probe];
            Assert.True(node.Children.ContainsKey("exec") || node.Children.ContainsKey("tcpSocket") || Value(node["httpGet"]["scheme"]) == "HTTP");
        });
        Assert.True(((YamlMappingNode)container).Children.ContainsKey("startupProbe"));
    }

    /// <summary>It answers PING with an error while it reads its log.</summary>
    [Fact]
    public void Redis_IsNotKilledWhileItReadsItsLog()
    {
        var container = Read("templates/redis/statefulset.yaml")["spec"]["template"]["spec"]["containers"][0];

        Assert.Equal("6379", Value(container["livenessProbe"]["tcpSocket"]["port"]));
    }

    [Fact]
    public void StatefulSet_NamesAServiceThatIsThere() =>
        Assert.Equal(Value(Read("templates/redis/service.yaml")["metadata"]["name"]), Value(Read("templates/redis/statefulset.yaml")["spec"]["serviceName"]));

    [Fact]
    public void Edge_IsNeverAwayForAnUpgrade()
    {
        var spec = Read("templates/edge/deployment.yaml")["spec"];

        Assert.Equal(("2", "0"), (Value(spec["replicas"]), Value(spec["strategy"]["rollingUpdate"]["maxUnavailable"])));
    }

    /// <summary>An empty password would be taken, and one with a quote or a backslash would break the file.</summary>
    [Fact]
    public void Secrets_AreRequired_AndEncoded()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "templates"), "secrets.yaml", SearchOption.AllDirectories))
        {
            var secret = (YamlMappingNode)Read(Path.GetRelativePath(Folder, file));
            Assert.False(secret.Children.ContainsKey("stringData"), file);
            Assert.All(((YamlMappingNode)secret["data"]).Children.Values.Select(Value), value =>
            {
                Assert.EndsWith("| b64enc }}", value, StringComparison.Ordinal);
                Assert.Equal(
                    System.Text.RegularExpressions.Regex.Count(value!, @"\.Values\.[\w.]+(redis_password|service_secret|gateway_token)"),
                    System.Text.RegularExpressions.Regex.Count(value!, @"required `[^`]+ is not set` \.Values"));
            });
        }
    }

    [Fact]
    public void Secrets_HaveNoValues()
    {
        var secrets = (YamlMappingNode)Read("values.yaml")["secrets"];

        Assert.All(secrets.Children.Values.Cast<YamlMappingNode>().SelectMany(static service => service.Children), static secret => Assert.Equal("", Value(secret.Value)));
    }

    [Fact]
    public void Templates_UseValuesThatAreThere()
    {
        var values = Read("values.yaml");
        var missing = Directory.EnumerateFiles(Path.Combine(Folder, "templates"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(static file => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"\.Values\.([\w.]+)"))
            .Select(static match => match.Groups[1].Value).Distinct()
            .Where(path => !path.Split('.').Aggregate((Node: (YamlNode?)values, Found: true), static (at, key) =>
                at.Node is YamlMappingNode map && map.Children.TryGetValue(key, out var next) ? (next, at.Found) : (null, false)).Found);

        Assert.Empty(missing);
    }

    private static YamlNode Read(string file)
    {
        using var text = new StreamReader(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(text);
        return stream.Documents[0].RootNode;
    }

    private static string? Value(YamlNode node) => ((YamlScalarNode)node).Value;
}
