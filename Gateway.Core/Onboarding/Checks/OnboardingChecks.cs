using System.Net;
using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Onboarding.Checks;

/// <summary>Tries secrets where they are to be used. A redirect is not followed: the secret would go along.</summary>
/// <param name="time">Clock for the time limit.</param>
public sealed class OnboardingChecks(TimeProvider time) : IDisposable
{
    private const string TelegramApi = "https://api.telegram.org";

    /// <summary>Tokens of a person's sign-in go into another header than keys.</summary>
    private const string OAuthTokenPrefix = "sk-ant-oat";

    /// <summary>What <c>getMe</c> answers is a tenth of this.</summary>
    private const int MaxAnswerBytes = 16 * 1024;

    /// <summary>Longer than a slow provider takes to say no, and short enough to wait for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16 });

    /// <summary>Asks a provider for its models, which needs the key and costs nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="snapshot">Where a provider has another address, it is in here.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CheckResult> ProviderAsync(ChosenKey key, ConfigSnapshot snapshot, CancellationToken cancellation)
    {
        var configured = snapshot.Root.Section("models").Section("providers").Section(key.Provider);
        var known = KnownProvider.Find(key.Provider);
        var text = configured.Text("baseUrl") ?? known?.BaseUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return new CheckResult(CheckOutcome.Unclear, $"{key.Provider} has no address that could be asked");
        var speaksAnthropic = (configured.Text("api") ?? known?.Api) == ModelApis.AnthropicMessages;
        using var request = new HttpRequestMessage(HttpMethod.Get, ModelsOf(address, speaksAnthropic));
        if (speaksAnthropic)
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        if (speaksAnthropic && !key.Key.StartsWith(OAuthTokenPrefix, StringComparison.Ordinal))
            request.Headers.TryAddWithoutValidation("x-api-key", key.Key);
        else
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + key.Key);
        return await AskAsync(request, key.Provider, static (response, _) => Task.FromResult(Judge(response)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Asks Telegram who the bot is.</summary>
    /// <param name="token">The bot's token.</param>
    /// <param name="snapshot">Another API's address (<c>channels.telegram.apiRoot</c>) is in here.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CheckResult> TelegramAsync(string token, ConfigSnapshot snapshot, CancellationToken cancellation)
    {
        var root = snapshot.Root.Section("channels").Section("telegram").Text("apiRoot") ?? TelegramApi;
        if (!Uri.TryCreate($"{root.TrimEnd('/')}/bot{token}/getMe", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return new CheckResult(CheckOutcome.Unclear, "channels.telegram.apiRoot is no address that could be asked");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await AskAsync(request, "Telegram", JudgeBotAsync, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether a text could be a secret at all: no blanks, nothing but ASCII, at most 4096 characters.</summary>
    public static bool IsSecret(string text) => text.Length is > 0 and <= 4096 && text.All(static c => c is > ' ' and < '\u007f');

    /// <summary>Whether a text looks like a bot's token: a number, a colon and the rest.</summary>
    public static bool IsBotToken(string text) =>
        text.IndexOf(':') is > 0 and var colon && text.Length is <= 256 && text.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0
        && colon + 1 < text.Length && text.AsSpan(colon + 1).IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") < 0;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<CheckResult> AskAsync(
        HttpRequestMessage request, string who, Func<HttpResponseMessage, CancellationToken, Task<(CheckOutcome, string)>> judge, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            var (outcome, text) = await judge(response, either.Token).ConfigureAwait(false);
            return new CheckResult(outcome, $"{who} {text}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new CheckResult(CheckOutcome.Unreachable, $"{who} did not answer within {Patience.TotalSeconds:0} s at {request.RequestUri!.Authority}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new CheckResult(CheckOutcome.Unreachable, $"{who} cannot be reached at {request.RequestUri!.Authority}: {e.GetBaseException().Message}");
        }
    }

    // People write the address of Anthropic's API with and without the version.
    private static Uri ModelsOf(Uri address, bool speaksAnthropic)
    {
        var start = address.AbsoluteUri.TrimEnd('/');
        return new Uri(speaksAnthropic && !start.EndsWith("/v1", StringComparison.Ordinal) ? start + "/v1/models" : start + "/models");
    }

    private static (CheckOutcome Outcome, string Text) Judge(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => (CheckOutcome.Accepted, "accepts the key"),
        401 or 403 => (CheckOutcome.Refused, $"refuses the key (HTTP {(int)response.StatusCode})"),
        var status => (CheckOutcome.Unclear, $"answered with HTTP {status}, which says nothing about the key"),
    };

    private static async Task<(CheckOutcome, string)> JudgeBotAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        // The API answers 404 to what is no token at all.
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
            return (CheckOutcome.Refused, $"knows no bot with this token (HTTP {(int)response.StatusCode})");
        if (!response.IsSuccessStatusCode)
            return (CheckOutcome.Unclear, $"answered with HTTP {(int)response.StatusCode}, which says nothing about the token");
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[MaxAnswerBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        try
        {
            using var answer = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (answer.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("result", out var bot)
                && bot.ValueKind is JsonValueKind.Object && bot.TryGetProperty("username", out var name) && name.ValueKind is JsonValueKind.String)
            {
                return (CheckOutcome.Accepted, $"knows the bot: @{new string([.. name.GetString()!.Where(static c => char.IsAsciiLetterOrDigit(c) || c == '_')])}");
            }
        }
        catch (JsonException)
        {
            // Something else than the Bot API.
        }
        return (CheckOutcome.Unclear, "answered with something that is not the Bot API");
    }
}
