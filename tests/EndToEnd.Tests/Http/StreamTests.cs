using System.Net;
using System.Net.Http.Headers;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>Streams are passed on as they come, whatever stands between the model and the reader.</summary>
public sealed class StreamTests
{
    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Delta_ArrivesWhileTheModelIsStillAtWork(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);
        var rest = new TaskCompletionSource();
        gateway.Model.Enqueue(FakeReply.Script(new TextStep("first"), new WaitStep(rest.Task), new TextStep(" second")));
        using var http = new HttpClient();

        using var response = await AskAsync(http, gateway, CancellationToken.None);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var early = "";
        while (!early.Contains("first", StringComparison.Ordinal))
            early += await reader.ReadLineAsync().WithTimeout();
        rest.SetResult();

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("second", early, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync().WithTimeout(), StringComparison.Ordinal);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task ReaderThatLeaves_EndsTheRun(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);
        gateway.Model.Enqueue(FakeReply.Script(new TextStep("begin"), new HangStep()));
        using var http = new HttpClient();

        (await AskAsync(http, gateway, CancellationToken.None)).Dispose();

        await TestTimeouts.Until(() => gateway.Model.OpenRequests == 0, "the model is not asked any more");
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, ApiGateway gateway, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent("""{"model":"openclaw","stream":true,"messages":[{"role":"user","content":"hi"}]}"""),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IRunningGateway.Token);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
