using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.Telegram;

/// <summary>
/// What tests in other processes say to the fake, all of it about its first bot: <c>POST /control/updates</c> (an update), <c>GET /control/calls</c>,
/// <c>GET /control/sent</c>, <c>POST /control/faults</c> (<c>{kind, method, times, status, description, retryAfter}</c>), <c>DELETE /control/faults</c>.
/// </summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, FakeBotServer server)
    {
        app.MapPost("/control/updates", async (HttpContext context) =>
        {
            var update = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            return Results.Text($"{{\"updateId\":{server.First().Enqueue(update)}}}", "application/json");
        });
        app.MapGet("/control/calls", () =>
            Results.Text(new JsonArray([.. server.First().Calls.Select(Describe)]).ToJsonString(), "application/json"));
        app.MapGet("/control/sent", () =>
            Results.Text(new JsonArray([.. server.First().Sent.Select(Describe)]).ToJsonString(), "application/json"));
        app.MapPost("/control/faults", async (HttpContext context) =>
        {
            var fault = (await JsonNode.ParseAsync(context.Request.Body))!;
            server.First().Faults.Add(new Fault(Enum.Parse<FaultKind>(fault["kind"]!.GetValue<string>(), ignoreCase: true))
            {
                Method = fault["method"]?.GetValue<string>(),
                Times = fault["times"]?.GetValue<int>() ?? 1,
                Status = fault["status"]?.GetValue<int>() ?? 500,
                Description = fault["description"]?.GetValue<string>() ?? "Internal Server Error",
                RetryAfter = fault["retryAfter"]?.GetValue<int>() ?? 1,
            });
            return Results.Ok();
        });
        app.MapDelete("/control/faults", () => server.First().Faults.Clear());
    }

    private static JsonNode Describe(RecordedCall call) => new JsonObject { ["number"] = call.Number, ["method"] = call.Method, ["parameters"] = call.Parameters.DeepClone() };

    private static JsonNode Describe(SentMessage sent) => new JsonObject { ["chatId"] = sent.ChatId, ["messageId"] = sent.MessageId, ["text"] = sent.Text };
}
