using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>Two gateways that were given one Redis by mistake.</summary>
public sealed class TwoGatewaysTests
{
    [DistributedFact]
    public async Task LaterGateway_IsNotReady_SaysWhy_AndTheFirstGoesOn()
    {
        await using var first = await DistributedGateway.StartAsync();
        using var home = new TempDirectory();
        await using var later = new PublishedProgram("OpenClaw.Gateway.Core", home.Path);
        var port = PublishedProgram.FreePort();
        using var http = new HttpClient();

        await later.StartAsync(
            ["--allow-unconfigured"],
            new Dictionary<string, string>
            {
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["OPENCLAW_GATEWAY_TOKEN"] = IRunningGateway.Token,
                ["OPENCLAW_SERVICE_SECRET"] = "the secret of another gateway altogether",
                ["ConnectionStrings__redis"] = $"127.0.0.1:{first.Redis.Port}",
            },
            "Now listening on");

        await TestTimeouts.Until(async () => (await ReadinessAsync(http, $"http://127.0.0.1:{port}/")).Contains("OPENCLAW_SERVICE_SECRET", StringComparison.Ordinal), "the later one says why it is not ready");
        await TestTimeouts.Until(async () => await ReadinessAsync(http, first.PageUri.ToString()) == """{"ready":true}""", "the first one is as ready as before");
    }

    private static async Task<string> ReadinessAsync(HttpClient http, string service)
    {
        using var answer = await http.GetAsync(new Uri(new Uri(service), "/readyz"));
        return await answer.Content.ReadAsStringAsync();
    }
}
