using System.Net.Http.Json;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Pushes what waits for a bot to its webhook, one after the other, each until it was taken with a 200.</summary>
internal sealed class WebhookPush : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public WebhookPush(FakeBot bot, string url, string? secret) => _work = PushAsync(bot, url, secret, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task PushAsync(FakeBot bot, string url, string? secret, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (!cancellationToken.IsCancellationRequested)
        {
            var update = await bot.Updates.PeekAsync(cancellationToken);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(update) };
                if (secret is not null)
                    request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    bot.Updates.Remove(update["update_id"]!.Number());
                    continue;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens; again.
            }
            // The API too waits before it pushes again.
            await Task.Delay(20, cancellationToken);
        }
    }
}
