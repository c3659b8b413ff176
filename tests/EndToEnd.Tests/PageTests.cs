using Microsoft.Playwright;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

public sealed class PageTests
{
    [ChromiumFact]
    public async Task Page_ConnectsChatsAndKeepsTheConversation()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 860, Height = 760 } });
        page.SetDefaultTimeout((float)TestTimeouts.Wait.TotalMilliseconds);
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);

        await page.GotoAsync(gateway.PageUri.ToString());
        await page.FillAsync("#secret", "wrong");
        await page.ClickAsync("#connect button");
        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("unauthorized");
        await page.FillAsync("#secret", GatewayProcess.Token);
        await page.ClickAsync("#connect button");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("connected");
        await page.FillAsync("#text", "hello from the page");
        await page.ClickAsync("#submit");
        await Assertions.Expect(page.Locator("#messages li.assistant")).ToContainTextAsync("hello from the page");
        if (Environment.GetEnvironmentVariable("OPENCLAW_SCREENSHOTS") is { Length: > 0 } directory)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, "page.png") });

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#messages li.user")).ToContainTextAsync("hello from the page");
        Assert.Empty(problems);
    }

    [ChromiumFact]
    public async Task Page_WithAGatewayAddressInItsLink_ConnectsOnlyToItsOwnServer()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        var sockets = new List<string>();
        page.WebSocket += (_, socket) => sockets.Add(socket.Url);

        await page.GotoAsync($"{gateway.PageUri}?gatewayUrl=ws://127.0.0.1:9/#token={GatewayProcess.Token}");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("connected");

        Assert.All(sockets, url => Assert.StartsWith(gateway.WebSocketUri.ToString(), url, StringComparison.Ordinal));
        Assert.DoesNotContain(GatewayProcess.Token, page.Url, StringComparison.Ordinal);
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = ChromiumFactAttribute.Executable,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
