using Weir.Engine;
using Xunit;

namespace Weir.Tests.Engine;

public sealed class ReceiptHandleTests
{
    [Fact]
    public void None_begins_with_a_minus_and_each_is_read_again()
    {
        for (var queue = 1; queue <= 1_024; queue++)
        {
            var handle = new ReceiptHandle(queue, 7, 1);
            var text = handle.ToString();

            Assert.NotEqual('-', text[0]);
            Assert.True(ReceiptHandle.TryParse(text, out var read));
            Assert.Equal(handle, read);
        }
    }
}
