using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Egress;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Egress;

public sealed class EgressFetcherTests : IAsyncLifetime
{
    private static readonly EgressLimits Limits = new(1000, 2, TestTimeouts.Wait);
    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _asked = new();
    private WebApplication _server = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapGet("/size/{size}", static (int size) => Results.Bytes(new byte[size], "text/plain; charset=utf-8"));
        _server.MapGet("/hops/{left}", static (int left) => left == 0 ? Results.Text("there") : Results.Redirect($"/hops/{left - 1}"));
        _server.MapGet("/inside", static () => Results.Redirect("http://169.254.169.254/latest/meta-data"));
        _server.MapGet("/broken", static (HttpContext context, string to) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = to;
        });
        _server.MapGet("/hang", async (HttpContext context) =>
        {
            _asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await _server.StartAsync();
        _address = new Uri(_server.Urls.First());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/size/1000", null)]
    [InlineData("/size/1001", "Error: Content too large: 1001 bytes (limit: 1000 bytes)")]
    [InlineData("/hops/2", null)]
    [InlineData("/hops/3", "Error: Too many redirects (limit: 2)")]
    [InlineData("/none", "Error: Failed to fetch: 404")]
    [InlineData("/inside", "SsrFBlockedError: Blocked: private/internal IP address")]
    public async Task Fetch_IsBounded(string path, string? error) => Assert.Equal(error, (await FetchAsync(new Uri(_address, path).ToString())).Error);

    [Theory]
    [InlineData("//:80")]
    [InlineData("///")]
    [InlineData("//[")]
    [InlineData("http://[")]
    public async Task RedirectToNowhere_IsAnError(string location) =>
        Assert.StartsWith("Error: ", (await FetchAsync(new Uri(_address, "/broken?to=" + Uri.EscapeDataString(location)).ToString())).Error, StringComparison.Ordinal);

    [Fact]
    public async Task ServerThatNeverAnswers_IsGivenUp()
    {
        var fetching = FetchAsync(new Uri(_address, "/hang").ToString());
        await _asked.Task.WithTimeout();

        _time.Advance(TestTimeouts.Wait);

        Assert.Equal("Error: Failed to fetch: it took too long", (await fetching.WithTimeout()).Error);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[64:ff9b::a00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.31.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://printer.local/")]
    public async Task InsideAddress_IsBlockedBeforeAnythingIsSent(string url) =>
        Assert.StartsWith("SsrFBlockedError: ", (await FetchAsync(url, new EgressPolicy())).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/")]
    [InlineData("not a url")]
    public async Task OtherSchemes_AreNotFetched(string url) =>
        Assert.StartsWith("Error: Invalid URL", (await FetchAsync(url, new EgressPolicy())).Error, StringComparison.Ordinal);

    /// <summary>The name was fine when it was looked at; where it leads is decided where the connection is made.</summary>
    [Fact]
    public async Task NameThatLeadsInside_IsBlockedWhereTheConnectionIsMade()
    {
        var policy = new EgressPolicy { AllowsHost = static _ => true };

        var result = await FetchAsync($"http://localhost:{_address.Port}/size/1", policy);

        Assert.Equal("SsrFBlockedError: Blocked: private/internal IP address", result.Error);
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("64:ff9b::5db8:d822")]
    public void AddressOnTheInternet_IsAllowed(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    private Task<EgressResult> FetchAsync(string url, EgressPolicy? policy = null)
    {
        // This machine stands for the internet, and nothing else of the inside does.
        policy ??= new EgressPolicy { AllowsAddress = static address => IPAddress.IsLoopback(address) || PublicAddress.Is(address) };
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddSingleton(policy).AddEgress().BuildServiceProvider();
        return services.GetRequiredService<EgressFetcher>().FetchAsync(url, Limits, CancellationToken.None);
    }
}
