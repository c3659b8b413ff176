using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Providers;

/// <summary>What an answer that streams for long does not hold in memory.</summary>
public sealed class ModelRequestBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(500_000)]
    public async Task Body_Sent_IsWhole_AndLetGoOfWhileTheAnswerStreams(int chars)
    {
        await using var server = await FakeModelServer.StartAsync();
        var end = new TaskCompletionSource();
        server.Enqueue(FakeReply.Script(new TextStep("begun"), new WaitStep(end.Task), new TextStep("ended")));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TestTimeouts.Wait };

        var (response, body) = await SendAsync(http, server, chars);
        using (response)
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.Contains("data:", await reader.ReadLineAsync(), StringComparison.Ordinal);

            // A thread that still comes back from sending holds it too.
            await TestTimeouts.Until(() => IsCollected(body), "the body to be let go of");

            end.SetResult();
            Assert.EndsWith("[DONE]\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
        Assert.Contains(new string('x', chars) + "\"", Assert.Single(server.Requests).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Share_EqualPrompts_AreOne()
    {
        var prompts = new SharedPrompts();
        var first = prompts.Share("main", new string('a', 10));

        Assert.Same(first, prompts.Share("main", new string('a', 10)));
        Assert.Equal("b", prompts.Share("main", "b"));
        Assert.Equal("b", prompts.Share("other", "b"));
        GC.KeepAlive(first);
    }

    private static bool IsCollected(WeakReference body)
    {
        GC.Collect();
        return !body.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(HttpResponseMessage Response, WeakReference Body)> SendAsync(HttpClient http, FakeModelServer server, int chars)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"model":"m","stream":true,"messages":[{"role":"user","content":"{{new string('x', chars)}}"}]}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.OpenAiBaseUrl + "/chat/completions")) { Content = new ModelRequestBody(json) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        request.Content = null;
        return (response.EnsureSuccessStatusCode(), new WeakReference(json));
    }
}
