using System.Text;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Tests.Ingress;

public sealed class EarlierFailureTests
{
    private const string User = """{"type":"message","message":{"role":"user","content":"hi"}}""";
    private const string Answered = """{"type":"message","message":{"role":"assistant","provider":"p","stopReason":"stop"}}""";
    private const string Failed = """{"type":"message","message":{"role":"assistant","provider":"p","stopReason":"error","errorMessage":"no credit"}}""";
    private const string Note = """{"type":"message","message":{"role":"assistant","provider":"openclaw","stopReason":"stop"}}""";

    [Fact]
    public void Find_ModelError_IsItsText() => Assert.Equal("no credit", Find(Mark("a"), User, Failed, Note, Mark("b"), User, Answered));

    [Fact]
    public void Find_AnsweredInTheEnd_IsNone() => Assert.Null(Find(Mark("a"), User, Failed, Answered, Mark("b"), User, Failed));

    [Fact]
    public void Find_GivenUp_IsTheReasonOfTheMark() => Assert.Equal("gone", Find(Mark("a"), User, Mark("a", "gone"), Note, Mark("b"), User, Answered));

    [Fact]
    public void Find_AnsweredTogetherWithOthers_SharesTheirOutcome() => Assert.Equal("no credit", Find(Mark("a"), Mark("b"), User, Failed));

    [Fact]
    public void Find_OfAnotherRun_IsNone() => Assert.Null(Find(Mark("b"), User, Failed, Mark("a"), User));

    [Fact]
    public void Find_TornAndForeignLines_ArePassedOver() =>
        Assert.Equal("no credit", Find("ssage\":{}}", Mark("a"), "[1]", "7", "", """{"type":5,"message":[]}""", User, Failed, "{\"type\":\"mess"));

    private static string? Find(params string[] lines) => EarlierFailure.Find(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "a");

    private static string Mark(string id, string? error = null) =>
        $$$"""{"type":"custom","customType":"openclaw.run","data":{"openclawRunId":"{{{id}}}"{{{(error is null ? "" : $",\"error\":\"{error}\"")}}}}}""";
}
