### 简体中文信件（中国大陆用语）。审阅者与日期见 languages.csv。

## Labels

title = 您的乳房检查结果
dear = { $name }，您好：
dear-unknown = 您好：
label-name = 姓名：
label-number = 病历号：
label-exam = 检查日期：
label-side = 部位：
label-when = 时间：
label-who = 由谁联系：
label-steps = 接下来的安排
label-talk = 也请和我们谈谈这些事
label-more = 其他说明
label-page = { $name }的信
side-left = 左侧乳房
side-right = 右侧乳房
side-bilateral = 双侧乳房
quadrant-upper-outer = 外侧上方
quadrant-upper-inner = 内侧上方
quadrant-lower-outer = 外侧下方
quadrant-lower-inner = 内侧下方
quadrant-upper = 上方
quadrant-lower = 下方
quadrant-inner = 内侧
quadrant-outer = 外侧
quadrant-subareolar = 乳头后方
quadrant-clock = { $clock } 点钟方向（从医生面对您的角度看）
step-with-side = { $first }（{ $second }）
line = { $first }：{ $second }
place-with-side = { $first }{ $second }

## Notices for the people who check the letter

notice-draft = 草稿：尚未批准，不可交给患者
notice-held = 暂停：须先由医生确认，不可交给患者
notice-refused = 无法生成：这封信目前不能写成，不可交给患者
notice-missing = 缺少：{ $first }
notice-example = 联系方式是示例，请先换成贵院的信息。
notice-deadline = 这封信最晚要在{ $date }送到患者手中。
notice-for = 给医疗团队：{ $first }
review-needed = 已由程序检查，尚需人工审阅
review-done = 由 { $first } 于 { $date } 审阅
interpreter-needed = 这封信是中文。您可以请我们安排口译。

## When and who

when-by = 最晚 { $due }
when-around = { $due }前后
when-soon = 尽快
when-then = 之后在{ $dates }前后
when-series = { $first }，{ $second }
when-confirm = 您的医疗团队会和您确认日期。
who-schedule = { $reach ->
    [phone] 我们会打电话和您约时间。还没接到电话吗？请打 { $phone } 给我们。
   *[team] 您的医疗团队会打电话和您约时间。还没接到电话吗？请打电话给他们。
  }
who-routine = { $reach ->
    [phone] 我们会告诉您怎么约时间。有问题吗？请打 { $phone }。
   *[team] 您的医疗团队会告诉您怎么约时间。
  }
who-patient = { $reach ->
    [phone] 请打 { $phone } 和我们约时间。
   *[team] 请打电话给您的医疗团队约时间。
  }
who-team = { $reach ->
    [phone] 这件事由我们来做，做好会告诉您。有问题吗？请打 { $phone }。
   *[team] 这件事由您的医疗团队来做，做好会告诉您。
  }
who-doctor = { $reach ->
    [phone] 您的医生会打电话给您。还没接到电话吗？请打 { $phone } 给我们。
   *[team] 您的医生会打电话给您。还没接到电话吗？请打电话给您的医疗团队。
  }
choose-between = 您的医疗团队会和您一起选择：{ $first }。

## Pictures

picture-place = 位置在哪里
picture-place-caption = 大约在这里，就像您照镜子看到的一样：{ $first }。
picture-left = 您的左侧
picture-right = 您的右侧
picture-times = 什么时候做什么
picture-times-exam = 您的检查
picture-number = 100 个圆点代表 100 个人。{ $low } 个实心的是有癌症的人，其他 { $restLow } 个人没有。

## The main message

msg-0 = 我们还需要更多影像，才能完成您的检查。
msg-0-PR = 我们需要您以前的影像，才能完成您的检查。
msg-1 = 这次检查没有看到癌症的迹象。
msg-2 = 这次检查没有看到癌症的迹象。
msg-3 = 我们看到的变化很可能不是癌症。我们会再检查一次。
msg-M3 = 我们看到一个需要再做检查的地方。
msg-4 = 您需要做活检，才能知道那是什么。
msg-4C = 您需要尽快做活检，才能知道那是什么。
msg-5 = 您需要尽快做活检。我们看到的可能是癌症。
msg-6 = 这次检查看到的，是您的医疗团队已经知道的癌症。
msg-P = 我们正在等您的病理结果。
msg-benign = 您的病理检查没有发现癌症。
msg-high-risk = 您的病理检查发现了需要再仔细看的细胞。
msg-dcis = 您的病理检查发现了原位癌（DCIS），这是很早期的乳腺癌。
msg-invasive = 您的病理检查发现了乳腺癌。
msg-malignant = 您的病理检查发现了癌细胞。
msg-repeat = 您的病理检查没有得到清楚的答案。
msg-step = 您的结果需要进一步处理。
msg-held = 您的医疗团队还在确认您的结果。

## What we saw

saw-spots = 我们看到了什么
    .p1 = 我们{ $side ->
        [left] 在您的左侧乳房
        [right] 在您的右侧乳房
        [bilateral] 在您的双侧乳房
       *[unknown] 在您的影像上
      }看到很小的钙质斑点。医生把它叫做钙化点。
saw-nothing = 我们看到了什么
    .p1 = 您的影像看起来正常。
saw-area = 我们看到了什么
    .p1 = 您的影像上有一个地方需要看得更清楚。
saw-held = 目前的情况
    .p1 = 我们已经有您的影像和报告。您的医生想再看一次。
saw-tissue = 我们检查了什么
    .p1 = 病理科检查了您乳房的组织。

## What it means

means-0 = 这意味着什么
    .p1 = 您的检查还没有完成。我们还不能说看到的是什么。
    .p2 = 请人回来再检查是常有的事。这不代表您有癌症，但您需要做下一项检查。
means-0-PR = 这意味着什么
    .p1 = 您的检查还没有完成。我们想看看和上次比有什么变化。
    .p2 = 如果来不及拿到以前的影像，我们会先看这次的影像，并写信给您。
means-1 = 这意味着什么
    .p1 = 您现在不需要再做别的检查。请继续定期做乳腺X线检查。
means-2 = 这意味着什么
    .p1 = 我们看到的是良性的，也就是说不是癌症。您现在不需要再做别的检查。
    .p2 = 请继续定期做乳腺X线检查。
means-3 = 这意味着什么
    .p1 = 我们想确定它没有变化，所以会再拍新的影像。
    .p2 = 如果有变化，可能要做活检，也就是取一点组织去化验。请一定按约定的时间来。
means-M3 = 这意味着什么
    .p1 = 从这些影像看不出那是什么。您需要再做检查，可能是活检，也就是取一点组织去化验。
means-4 = 这意味着什么
    .p1 = 光看影像不能知道那是什么。可能是癌症，也可能不是。
    .p2 = 活检是取一点组织去化验，通常可以得到答案。之后医疗团队会看结果和影像是否一致。
means-4C = 这意味着什么
    .p1 = 我们看到的情况让我们担心。可能是癌症。光看影像不能确定。
    .p2 = 活检是取一点组织去化验，通常可以得到答案。请不要拖延。
means-5 = 这意味着什么
    .p1 = 从影像上看起来像癌症。光看影像不能确定。
    .p2 = 活检是取一点组织去化验，通常可以得到答案。请不要拖延。每一步我们都会陪着您。
means-6 = 这意味着什么
    .p1 = 之前的活检已经证实了这个癌症。您的医疗团队会和您一起安排治疗，或继续您的治疗。
means-P = 这意味着什么
    .p1 = 病理科正在检查您的组织。病理结果会决定下一步。
means-benign = 这意味着什么
    .p1 = 这个组织是良性的，也就是说不是癌症。
    .p2 = 下一次检查还是很重要。
means-benign-fits =
    .p1 = 您的医疗团队已经确认，这个结果和您的影像一致。
means-high-risk = 这意味着什么
    .p1 = 这些细胞不是癌症。但它们可能让以后得癌症的机会变高，或者旁边有癌症。
    .p2 = 所以要请专科医生和您谈下一步。
means-dcis = 这意味着什么
    .p1 = 这些细胞在乳管里面。化验没有在乳管外面看到它们。
    .p2 = 原位癌可能和会往外长的癌症一起出现，或以后发展到那一步。所以需要治疗。
means-invasive = 这意味着什么
    .p1 = 这是很难接受的消息。您不是一个人。您的医疗团队很快会和您见面，一起安排治疗。
    .p2 = 乳腺癌有治疗的方法。哪一种适合您，要看您的检查结果。
means-repeat = 这意味着什么
    .p1 = 取到的样本不够清楚，所以我们还不能说那是什么。您需要再进一步检查。
means-step = 这意味着什么
    .p1 = 您的医疗团队看过您的结果，建议您做下面的步骤。他们可以告诉您原因。
means-held = 这意味着什么
    .p1 = 这还不是结果。您的医生想先确定，再告诉您该怎么做。

## What happens next

next-held = 接下来的安排
    .p1 = 您的医生会确认您的结果。之后医疗团队会打电话或写信给您。
    .p2 = { $reach ->
        [phone] 您不必一直等我们。有问题请打 { $phone } 给我们。
       *[team] 您不必一直等我们。有问题请打电话给您的医疗团队。
      }
next-choice = 由您决定
    .p1 = 任何检查您都可以说不。请先和我们谈谈。我们会告诉您，等下去可能会怎样。

step-routine-screening = 下一次定期乳腺X线检查
    .p1 = 定期检查可以早一点发现变化。
step-short-interval-mammogram = 乳腺X线复查
    .p1 = 我们要看斑点有没有变化。就算您觉得很好，也请过来。
step-magnification-views = 放大的X线影像
    .p1 = 可以比第一次的影像更清楚地看到斑点。
step-additional-views = 再拍几张X线影像
    .p1 = 我们需要从别的角度看您的乳房。
step-diagnostic-mammogram = 更仔细的乳腺X线检查
    .p1 = 我们会在想看清楚的地方多拍几张。
step-ultrasound = 超声检查
    .p1 = 用声波看您乳房里面的样子。
step-breast-mri = 乳房磁共振检查（MRI）
    .p1 = 用强磁场拍出很清楚的乳房影像。
step-obtain-priors = 取得您以前的乳房影像
    .p1 = 我们会拿来和新的影像比较。请告诉我们以前在哪里拍的。
step-stereotactic-biopsy = X线引导的穿刺活检
    .p1 = 医生会从斑点取很小的样本，送去化验。
step-ultrasound-guided-biopsy = 超声引导的穿刺活检
    .p1 = 医生会取很小的样本，送去化验。
step-mri-guided-biopsy = 磁共振引导的穿刺活检
    .p1 = 医生会取很小的样本，送去化验。
step-biopsy = 活检
    .p1 = 医生会取一点组织，送去化验。
step-surgical-biopsy = 手术活检
    .p1 = 外科医生会取出一小块组织，送去化验。
step-fine-needle-aspiration = 细针穿刺检查
    .p1 = 医生用细针取一些细胞，送去化验。
step-clinician-call = 医生打电话给您
    .p1 = 医生会和您说明结果，并回答您的问题。
step-surgical-consult = 看乳腺外科医生
    .p1 = 外科医生会和您谈接下来怎么做。
step-oncology-referral = 看肿瘤治疗团队
    .p1 = 他们会和您一起安排治疗。
step-specialist-referral = 看乳腺专科医生
    .p1 = 专科医生会和您谈接下来怎么做。
step-obtain-pathology = 取得您的病理结果
    .p1 = 这个结果会决定下一步。在医疗团队看过以前，请不要等到每年的检查。
step-repeat-biopsy = 再做一次活检
    .p1 = 我们需要再取一次样本才能确定。
step-discordance-review = 医疗团队比对您的结果
    .p1 = 他们会看病理结果和您的影像是否一致。
step-residual-review = 仔细看还在的斑点
    .p1 = 还看得到一些斑点。医疗团队会决定怎么处理。
step-post-operative-baseline = 手术后第一次乳腺X线检查
    .p1 = 看您的乳房现在的样子，以后的影像会和它比较。
step-surveillance-mammogram = 后续乳腺X线复查
    .p1 = 可以早一点发现变化。
step-clinical-examination = 医生检查您的乳房
    .p1 = 医生用手检查您的乳房。有些变化在影像上看不到。
step-clinical-follow-up = 看您的医生
    .p1 = 医生会问您的情况，并检查您的乳房。
step-supplemental-mri-discussion = 除了乳腺X线检查，磁共振对我有帮助吗？
    .p1 = 对一些风险比较高的人可能有帮助。
step-density-discussion = 乳房组织致密对我有什么影响？
    .p1 = 致密的组织很常见。它可能让影像看不清楚。
step-genetic-counselling = 我要不要找家族风险的专家谈？
    .p1 = 有些基因变化会在家族里遗传，也会改变计划。
step-support-referral = 我担心的时候谁可以帮我？
    .p1 = 我们可以帮您找到可以谈话的人。
step-other = 您诊疗中的下一步
    .p1 = 您的医疗团队会向您说明。

## At the visit

visit-mammogram = 乳腺X线检查会怎么做
    .p1 = 技师把您的乳房放在平板上，压住几秒钟。可能会不舒服。
    .p2 = 大约需要 30 分钟。医生会看影像。请问清楚什么时候有结果。
visit-ultrasound = 超声会怎么做
    .p1 = 您躺下来。我们在皮肤上涂温的凝胶，用小探头在上面移动。不会痛。
visit-mri = 磁共振会怎么做
    .p1 = 您趴在一台声音很大的机器里。可能会从静脉打造影剂。大约需要一小时。
    .p2 = 如果身体里有金属，或怕待在小空间，请先告诉我们。
visit-stereotactic = 活检会怎么做
    .p1 = 像拍乳腺X线一样固定您的乳房。先打一针局部麻药，医生再切一个很小的口。
    .p2 = 用针取小样本，再用X线看样本。会留一个很小的标记在乳房里，标出位置。
    .p3 = 大约需要一小时。如果您在吃抗凝血的药，请告诉我们。化验需要几天。
visit-needle = 活检会怎么做
    .p1 = 先打一针局部麻药。我们用影像找到位置，再用针取小样本。
    .p2 = 大约需要一小时。如果您在吃抗凝血的药，请告诉我们。化验需要几天。
visit-surgical = 手术会怎么做
    .p1 = 会用药让您不痛。外科医生取出组织。通常当天就可以回家。
    .p2 = 如果您在吃抗凝血的药，请告诉我们。化验需要几天。
visit-talk = 面谈会怎么进行
    .p1 = 请带着您的问题，也带一位您信任的人。您可以做笔记。需要时可以休息一下。

## Good to know

what-balanced = 什么是钙化点？
    .p1 = 钙化点是乳房里很小的钙质斑点。很常见，年纪大了更常见。摸不到，也不会痛。
    .p2 = 大多数没有害处。有些可能是癌症的早期迹象。所以每一个我们都仔细看。
what-open = 什么是钙化点？
    .p1 = 钙化点是乳房里很小的钙质斑点。很常见，年纪大了更常见。摸不到，也不会痛。
    .p2 = 有些没有害处。有些可能是癌症的早期迹象。组织化验可以告诉我们是哪一种。
what-plain = 什么是钙化点？
    .p1 = 钙化点是乳房里很小的钙质斑点。摸不到，也不会痛。
get-rid = 斑点一定要拿掉吗？
    .p1 = 斑点本身不必拿掉。重要的是它为什么会在那里。
can-it-spread = 斑点会扩散吗？
    .p1 = 不会。它是矿物质，像沙粒一样。它不会移动，也不会长成癌症。
    .p2 = 但它可能是癌症或原位癌（DCIS，很早期的癌症）的迹象。所以病理结果很重要。
cause-diffuse = 双侧乳房都有斑点
    .p1 = 您的斑点分散在双侧乳房。这是常见的情形。
cause-vascular = 血管上的斑点
    .p1 = 您有些斑点在血管壁上。年纪大了很常见。
cause-vascular-heart = 血管上的斑点和您的心脏
    .p1 = 这种斑点可能和心脏病一起出现。请问医生要不要检查心脏。
cause-skin = 皮肤上的斑点
    .p1 = 您有些斑点在皮肤上，不在乳房里面。
cause-coarse = 大的斑点
    .p1 = 您有些斑点比较大。它们可能长在以前就有、不是癌症的肿块里。
cause-rod = 棒状的斑点
    .p1 = 您有些斑点在变宽的乳管里。60 岁以后很常见。
cause-rim = 环状的斑点
    .p1 = 您有些斑点是圆的，中间透明。它们可能出现在囊肿周围或瘀伤之后。
cause-dystrophic = 疤痕里的斑点
    .p1 = 您有些斑点在疤痕里。它们可能在手术、放疗或受伤后出现。
cause-milk = 小囊肿里的斑点
    .p1 = 您有些斑点是浮在小囊肿里的钙质。
cause-suture = 缝线旁的斑点
    .p1 = 您有些斑点在以前手术的缝线旁边。
density-dense = 致密的乳房组织
    .p1 = 您的乳房组织比较致密。这很常见。它可能让影像看不清楚。
lifestyle = 照顾自己
    .p1 = 常运动、保持健康的体重、少喝酒、不抽烟，对全身都有好处。

self-awareness = 有这些变化请联系我们
    .p1 = 没有一种检查可以找到所有的问题。就算结果是好的，有下面的变化也请尽快打电话：
    .i1 = 乳房或腋下有肿块
    .i2 = 皮肤变红、变厚或凹陷
    .i3 = 乳头改变或流出液体
    .i4 = 乳房大小或形状改变
    .i5 = 一直不消失的疼痛

spots-no-signs =
    .p1 = 钙质斑点不会造成这些变化。请不要以为是斑点引起的。

copies = 您的报告和影像
    .p1 = 您可以索取报告和影像的副本，也可以给任何医生看。
gp-copy = 您的家庭医生
    .p1 = 我们会把这封信的副本寄给您的家庭医生。
second-opinion = 第二意见
    .p1 = 您可以请另一位医生看您的结果。很多人都这样做。
    .p2 = 请带着影像和报告。如果做过活检，也请索取病理切片。
    .p3 = 等待的时候，请不要推迟我们建议的检查。
moving-abroad =
    .p1 = 如果您搬家（包括搬到别的国家）或换医生，请把这些和化验结果一起带着。

support = 给您的支持
    .p1 = 等待并不容易，担心是正常的。请和您信任的人谈谈。
    .p2 = { $reach ->
        [phone] 有问题都可以问我们。请打 { $phone } 给我们。
       *[team] 有问题都可以问您的医疗团队。
      }
support-nurse = 您的乳腺护士
    .p1 = 您可以打电话给：{ $nurse }。
support-contact = 可以谈话的人
    .p1 = 想说说您的感受，可以找：{ $contact }。
support-crisis = 如果您觉得撑不下去
    .p1 = 请马上打这个电话：{ $crisis }。

questions-routine = 您可以问的问题
    .i1 = 你们在我的影像上看到什么？
    .i2 = 我下一次检查是什么时候？
    .i3 = 我的家族病史会改变计划吗？
    .i4 = 我的乳房组织致密吗？这对我有什么影响？
    .i5 = 有哪些变化要打电话给你们？
    .i6 = 我怎么拿到影像的副本？
questions-recall = 您可以问的问题
    .i1 = 你们在我的影像上看到什么？
    .i2 = 为什么做这个步骤，而不是别的？
    .i3 = 多久以内要做？如果我等一等会怎样？
    .i4 = 到时候会怎么做？
    .i5 = 谁会告诉我结果？什么时候？
    .i6 = 我的家族病史会改变计划吗？
    .i7 = 我怎么拿到影像的副本？
questions-check = 您可以问的问题
    .i1 = 你们在我的影像上看到什么？
    .i2 = 为什么是再检查，而不是现在做活检？
    .i3 = 我接下来的检查是什么时候？
    .i4 = 如果斑点改变了呢？如果我等一等会怎样？
    .i5 = 谁会告诉我结果？什么时候？
    .i6 = 我的家族病史会改变计划吗？
    .i7 = 我怎么拿到影像的副本？
questions-biopsy = 您可以问的问题
    .i1 = 你们在我的影像上看到什么？
    .i2 = 为什么做这种活检，而不是别的？
    .i3 = 多久以内要做？如果我等一等会怎样？
    .i4 = 我要怎么准备？可以吃我的药吗？
    .i5 = 谁会打电话告诉我结果？什么时候？
    .i6 = 如果结果不清楚呢？
    .i7 = 我的家族病史会改变计划吗？
questions-tissue = 您可以问的问题
    .i1 = 化验发现了什么？
    .i2 = 化验结果和我的影像一致吗？
    .i3 = 我的乳房里还有斑点吗？
    .i4 = 下一步是什么？什么时候？如果我等一等会怎样？
    .i5 = 我的家族病史会改变计划吗？
    .i6 = 有问题可以打电话给谁？
    .i7 = 我可以拿到影像和病理报告吗？
questions-treatment = 您可以问的问题
    .i1 = 检查到底发现了什么？
    .i2 = 我有哪些选择？你们建议哪一个，为什么？
    .i3 = 如果我等会怎样？
    .i4 = 每个选择对我的日常生活有什么影响？
    .i5 = 谁负责我的治疗？我可以打电话给谁？
    .i6 = 我的家人要不要检查？
    .i7 = 我可以拿到影像和病理报告吗？
questions-held = 您可以问的问题
    .i1 = 你们在确认什么？
    .i2 = 我什么时候会有消息？
    .i3 = 谁会打电话给我？
    .i4 = 等待的时候我可以做什么？
    .i5 = 有问题可以打电话给谁？
    .i6 = 我怎么拿到报告的副本？

clinician = 谁负责
    .p1 = { $clinician } 负责判读您的检查。
language-help = 看这封信需要帮忙吗
    .p1 = 您需要别的语言、大字版，或有人念给您听吗？{ $reach ->
        [phone] 请打 { $phone } 给我们。
       *[team] 请告诉您的医疗团队。
      }
interpreter-line = 口译
    .p1 = 需要口译请打 { $interpreter }。

## Numbers, always out of 100 and with both sides

number-0 = 100 个被请回来再检查的人里，大约有 { $low } 个人有癌症，大约 { $restLow } 个人没有。
number-0-words = 被请回来再检查的人，大多数没有癌症。有些人有。
number-3 = 100 个有这种结果的人里，大约 { $restLow } 个人没有癌症，大约 { $low } 个人有。
number-range = 100 个有这种结果的人里，有 { $low } 到 { $high } 个人有癌症，{ $restHigh } 到 { $restLow } 个人没有。
number-4 = 很多活检没有发现癌症。有些有。
