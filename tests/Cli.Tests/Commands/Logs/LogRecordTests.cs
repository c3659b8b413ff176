using OpenClaw.Cli.Commands.Logs;

namespace OpenClaw.Cli.Tests.Commands.Logs;

public sealed class LogRecordTests
{
    [Fact]
    public void Parse_SubsystemLine_LeavesTheBindingOutOfTheMessage()
    {
        var record = LogRecord.Parse("""{"0":"{\"subsystem\":\"gateway/ws\"}","1":"res ok","_meta":{"date":"2026-11-21T04:00:00.000Z","logLevelName":"INFO"}}""");

        Assert.Equal(new LogRecord("2026-11-21T04:00:00.000Z", "info", "gateway/ws", null, "res ok", null), record);
    }

    [Fact]
    public void Parse_LineWithAnException_SeparatesIt()
    {
        var record = LogRecord.Parse("""{"0":"{\"module\":\"x\"}","1":{"error":"IOException: full"},"2":"cannot write","_meta":{"logLevelName":"ERROR"},"time":"t"}""");

        Assert.Equal(new LogRecord("t", "error", null, "x", "cannot write", "IOException: full"), record);
    }

    [Fact]
    public void Parse_SeveralArguments_JoinsThemInTheirOrder()
    {
        var record = LogRecord.Parse("""{"10":"last","2":{"n":1},"0":"first"}""");

        Assert.Equal("""first {"n":1} last""", record!.Message);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Parse_LineOfAnotherKind_IsNull(string line) => Assert.Null(LogRecord.Parse(line));

    [Theory]
    [InlineData("""{"0":"{\"subsystem\":5}","_meta":7,"time":{}}""")]
    [InlineData("""{"0":"{broken","1":"x"}""")]
    [InlineData("""{"0":"{\"subsystem\":\"a\"}x","1":null}""")]
    public void Parse_OddMembers_NeverThrows(string line) => Assert.NotNull(LogRecord.Parse(line));
}
