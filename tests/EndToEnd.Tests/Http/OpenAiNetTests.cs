using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>OpenAI's library for .NET, unchanged, against this gateway.</summary>
public sealed class OpenAiNetTests
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool("get_weather", "Weather of a city", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Chat_StreamsCallsToolsAndSeesPictures(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);
        var client = ClientOf(gateway, IRunningGateway.Token).GetChatClient("openclaw");

        ChatCompletion whole = await client.CompleteChatAsync(new UserChatMessage("hi"));
        var text = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in client.CompleteChatStreamingAsync(new UserChatMessage("#stream")))
        {
            text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
            usage = update.Usage ?? usage;
        }
        List<ChatMessage> messages = [new SystemChatMessage("Be brief."), new UserChatMessage("""#tool get_weather {"city":"Bern"}""")];
        ChatCompletion asked = await client.CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Weather } });
        messages.AddRange([new AssistantChatMessage(asked), new ToolChatMessage(asked.ToolCalls[0].Id, "18 degrees")]);
        ChatCompletion told = await client.CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Weather } });
        var png = BinaryData.FromBytes(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        ChatCompletion seen = await client.CompleteChatAsync(new UserChatMessage(ChatMessageContentPart.CreateTextPart("what is this?"), ChatMessageContentPart.CreateImagePart(png, "image/png")));

        Assert.Equal(("echo: hi", ChatFinishReason.Stop, 35), (whole.Content[0].Text, whole.FinishReason, whole.Usage.TotalTokenCount));
        Assert.Equal("Hello from the fake model. This is streamed text in several pieces.", text);
        Assert.Equal(35, usage?.TotalTokenCount);
        Assert.Equal((ChatFinishReason.ToolCalls, "get_weather", """{"city":"Bern"}"""), (asked.FinishReason, asked.ToolCalls[0].FunctionName, asked.ToolCalls[0].FunctionArguments.ToString()));
        Assert.Equal("tool get_weather finished", told.Content[0].Text);
        Assert.Equal("echo: what is this?", seen.Content[0].Text);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Errors_AreTheLibrarysErrors(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);

        var wrongSecret = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(gateway, "wrong").GetChatClient("openclaw").CompleteChatAsync(new UserChatMessage("hi")));
        var unknown = await Assert.ThrowsAsync<ClientResultException>(() => ClientOf(gateway, IRunningGateway.Token).GetChatClient("openclaw:nobody").CompleteChatAsync(new UserChatMessage("hi")));
        OpenAIModelCollection models = await ClientOf(gateway, IRunningGateway.Token).GetOpenAIModelClient().GetModelsAsync();

        Assert.Equal((401, 404), (wrongSecret.Status, unknown.Status));
        Assert.Contains("does not exist", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(["openclaw", "openclaw:main"], models.Select(static model => model.Id));
    }

    private static OpenAIClient ClientOf(ApiGateway gateway, string token) =>
        new(new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = gateway.BaseUrl, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
}
